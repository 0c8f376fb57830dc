package dev.hostseed.core.registry;

/// What came is not what was asked for: another digest, another size, or of a kind that nothing can be made of.
public final class WrongContentException extends RegistryException {
    WrongContentException(String message) {
        super(message);
    }
}
