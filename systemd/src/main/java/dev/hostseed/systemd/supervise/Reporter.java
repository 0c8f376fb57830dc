package dev.hostseed.systemd.supervise;

/// Where lines for the person who reads the journal go.
@FunctionalInterface
public interface Reporter {
    /// @param line without its end
    void report(String line);
}
