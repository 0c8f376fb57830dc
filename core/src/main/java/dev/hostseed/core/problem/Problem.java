package dev.hostseed.core.problem;

/// Something that the author of a file should know.
///
/// @param at where the offending key or value starts
public record Problem(Severity severity, Code code, Position at, Message message, Excerpt excerpt) {
    public enum Severity {
        /// There is no host.
        ERROR,
        /// There is a host, but it may not be what was meant.
        WARNING,
        /// Good to know.
        INFO
    }

    /// @param what the fault in the author's words, quoting what was written
    /// @param why it matters; empty if that is plain
    /// @param remedy what to write instead
    public record Message(String what, String why, String remedy) {}

    /// A warning as an error; anything else as it is.
    public Problem strictly() {
        return severity == Severity.WARNING ? new Problem(Severity.ERROR, code, at, message, excerpt) : this;
    }

    public String what() {
        return message.what();
    }

    public String why() {
        return message.why();
    }

    public String remedy() {
        return message.remedy();
    }
}
