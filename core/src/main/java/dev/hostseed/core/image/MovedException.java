package dev.hostseed.core.image;

/// The images are not those that the lock pins, and it was to be kept.
public final class MovedException extends BadBundleException {
    private static final long serialVersionUID = 1;

    private final transient LockDiff diff;

    MovedException(LockDiff diff) {
        super("the images are not those that the lock pins:\n  " + String.join("\n  ", diff.lines())
                + "\nbuild without --locked to take them as they are now and to write the lock anew");
        this.diff = diff;
    }

    /// What moved.
    public LockDiff diff() {
        return diff;
    }
}
