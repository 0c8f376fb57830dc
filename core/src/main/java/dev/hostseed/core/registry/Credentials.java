package dev.hostseed.core.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What is stored of a login. None of them shows what it holds.
sealed interface Credentials {
    /// Nothing: what is asked for is asked for as anybody.
    record None() implements Credentials {}

    record Password(String user, String password) implements Credentials {
        /// Rule: RFC 7617.
        String basic() {
            var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "a password of " + user;
        }
    }

    /// What a token server takes in place of a password.
    record IdentityToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "an identity token";
        }
    }

    /// What the registry itself takes.
    record RegistryToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "a registry token";
        }
    }
}
