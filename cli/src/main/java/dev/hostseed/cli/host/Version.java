package dev.hostseed.cli.host;

/// The version of this program. A constant, so that `--version` opens no file; a test holds it against the build's.
public final class Version {
    public static final String TEXT = "0.1.0";

    private Version() {}
}
