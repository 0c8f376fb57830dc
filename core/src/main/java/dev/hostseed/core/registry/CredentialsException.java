package dev.hostseed.core.registry;

/// The login for a registry cannot be read: the file is damaged, or the helper that keeps it fails.
public final class CredentialsException extends RegistryException {
    CredentialsException(String message) {
        super(message);
    }
}
