package dev.hostseed.core.host;

/// The permission bits of a file, with set-user-id, set-group-id and sticky.
///
/// @param bits 0 to 07777
public record FileMode(int bits) {
    public static final FileMode READABLE = new FileMode(0644);
    public static final FileMode EXECUTABLE = new FileMode(0755);
    public static final FileMode SECRET = new FileMode(0600);

    public FileMode {
        if (bits < 0 || bits > 07777) {
            throw new IllegalArgumentException("not a file mode: " + bits);
        }
    }

    /// As `chmod` reads it, with a leading zero: `0644`.
    @Override
    public String toString() {
        return "0%03o".formatted(bits);
    }
}
