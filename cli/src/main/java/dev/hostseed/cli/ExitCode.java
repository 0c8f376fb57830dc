package dev.hostseed.cli;

/// How a command ends. The supervisor has one more way: with its container's own exit status.
public enum ExitCode {
    OK(0, "ok"),
    BUG(1, "a bug in hostseed"),
    USAGE(2, "usage"),
    BAD_INPUT(3, "bad Compose file or other input"),
    BAD_BUNDLE(4, "bundle, digest or signature not acceptable"),
    ENGINE_UNREACHABLE(5, "Docker unreachable or not permitted"),
    REFUSED(6, "Docker or systemd refused"),
    HOST_IO(7, "host I/O"),
    LOCKED(8, "another run holds the lock"),
    POLICY(9, "refused by policy");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
