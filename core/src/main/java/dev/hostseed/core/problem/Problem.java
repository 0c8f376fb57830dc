package dev.hostseed.core.problem;

/// Something that the author of a file should know.
///
/// @param at where the offending key or value starts
/// @param what the fault in the author's words, quoting what was written
/// @param why it matters; empty if that is plain
/// @param remedy what to write instead
/// @param excerpt the line of the file, without its end; empty if it cannot be shown
public record Problem(Severity severity, Position at, String what, String why, String remedy, String excerpt) {
    public enum Severity {
        /// There is no host.
        ERROR,
        /// There is a host, but it may not be what was meant.
        WARNING,
        /// Good to know.
        INFO
    }
}
