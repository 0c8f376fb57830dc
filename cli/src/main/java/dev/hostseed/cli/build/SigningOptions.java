package dev.hostseed.cli.build;

import dev.hostseed.core.image.Signer;
import dev.hostseed.core.signature.LockSignature;
import dev.hostseed.core.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// By which key a command signs the bundle that it makes.
final class SigningOptions {
    static final String KEYS = "An SSH key: a private one, or the .pub of one that the agent or a security key has; "
            + "ssh-keygen signs. Or an ECDSA P-256, Ed25519 or RSA private key in PEM, or one of cosign, which cosign "
            + "signs with.";

    @Option(names = "--sign", paramLabel = "KEY", description = "Sign the lock. " + KEYS)
    private @Nullable Path key;

    /// What signs the lock, if that was asked for.
    Signer signer() throws IOException {
        return key == null ? Signer.NONE : LockSignature.by(SigningKey.in(key));
    }
}
