package dev.hostseed.core.registry;

/// No registry answers there, or not in a way that can be trusted.
public final class RegistryUnreachableException extends RegistryException {
    private final boolean passing;

    /// @param passing whether it may be otherwise in a moment
    RegistryUnreachableException(String message, Throwable cause, boolean passing) {
        super(message, cause);
        this.passing = passing;
    }

    RegistryUnreachableException(String message) {
        super(message);
        this.passing = false;
    }

    boolean isPassing() {
        return passing;
    }
}
