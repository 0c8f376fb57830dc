package dev.hostseed.cli;

/// The command line is not one that hostseed knows.
public final class UsageException extends Exception {
    public UsageException(String message) {
        super(message);
    }
}
