package dev.hostseed.core.registry;

import java.io.IOException;

/// A registry did not give what it was asked for. No message holds a password or a token.
public abstract sealed class RegistryException extends IOException
        permits RegistryUnreachableException, RegistryRefusedException, WrongContentException, CredentialsException {
    RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
