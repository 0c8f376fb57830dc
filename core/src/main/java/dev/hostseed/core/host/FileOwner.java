package dev.hostseed.core.host;

/// Whose a file is, by number: the names are those of whoever looks at it.
public record FileOwner(int uid, int gid) {
    public static final FileOwner ROOT = new FileOwner(0, 0);

    public FileOwner {
        if (uid < 0 || gid < 0) {
            throw new IllegalArgumentException("not an owner: " + uid + ":" + gid);
        }
    }
}
