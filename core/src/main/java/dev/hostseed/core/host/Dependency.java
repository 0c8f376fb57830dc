package dev.hostseed.core.host;

/// What a service waits for.
///
/// @param required whether the service does without, if the other one cannot be started
/// @param restart whether the service is restarted after the other one was
///
/// Rule: Compose Specification, "depends_on", long form.
public record Dependency(ServiceName on, Condition condition, boolean required, boolean restart) {
    public enum Condition {
        STARTED,
        HEALTHY,
        COMPLETED_SUCCESSFULLY
    }
}
