package dev.hostseed.core.registry;

/// The registry answers, but does not have it, or does not give it to us.
public final class RegistryRefusedException extends RegistryException {
    RegistryRefusedException(String message) {
        super(message);
    }
}
