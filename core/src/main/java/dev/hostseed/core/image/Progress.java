package dev.hostseed.core.image;

/// Is told how far long work has come. Called often, from the threads that work: to be cheap.
@FunctionalInterface
public interface Progress {
    /// Tells nobody.
    Progress SILENT = (what, done, total) -> {};

    /// @param what is being done to what, for people: `loading redis:7.4`
    /// @param done bytes so far
    /// @param total bytes, or 0 where nobody knows
    void at(String what, long done, long total);
}
