package dev.hostseed.core.host;

/// One container of a service.
///
/// @param number from 1; 0 for a service that has but one
public record Replica(Service service, int number) {
    public Replica {
        if (number < 0) {
            throw new IllegalArgumentException("not the number of a replica: " + number);
        }
    }

    /// How it is called within its project: `web`, or `web@2`, which no service can be called.
    public String name() {
        return number == 0 ? service.name().value() : service.name() + "@" + number;
    }
}
