package dev.hostseed.core.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A key to sign locks with, known by its file. SSH keys are left to `ssh-keygen`, which asks agents,
/// passphrases and security keys; an encrypted key of cosign to `cosign`. A plain private key in PEM signs here.
public sealed interface SigningKey permits SshKeygen, PemSigner, CosignProgram {

    /// The signature over `lock`, as its file has it.
    ///
    /// @throws BadSignatureException if the key cannot be used
    /// @throws IOException if a program that is needed is not there or fails
    byte[] sign(byte[] lock) throws IOException;

    /// What the file of such a signature is called in a bundle.
    String signatureName();

    /// The key in `file`: a private key, or the public key of one that an agent has.
    ///
    /// @throws BadSignatureException if it is none that is taken
    static SigningKey in(Path file) throws IOException {
        try {
            return of(TrustFiles.text(file, 64 << 10, StandardCharsets.ISO_8859_1), file);
        } catch (BadSignatureException wrong) {
            throw wrong.in(file);
        }
    }

    private static SigningKey of(String text, Path file) throws BadSignatureException {
        var label = label(text);
        return switch (label) {
            case "OPENSSH PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" -> new SshKeygen(file);
            case "PRIVATE KEY" -> PemSigner.of(text);
            case "ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY" -> new CosignProgram(file);
            case "ENCRYPTED PRIVATE KEY" ->
                throw new BadSignatureException("an encrypted PKCS#8 key, which is not taken; import it by "
                        + "'cosign import-key-pair', or use an SSH key with a passphrase");
            case "PUBLIC KEY" -> throw new BadSignatureException("a public key; the private one signs");
            case "" -> {
                AllowedSigners.readPublicKey(text, "");
                yield new SshKeygen(file);
            }
            default -> throw new BadSignatureException("'" + label + "' is not a kind of key that is taken");
        };
    }

    /// What stands after the first `BEGIN`; empty if the text does not start with one.
    private static String label(String text) {
        var begin = "-----BEGIN ";
        var end = text.indexOf("-----", begin.length());
        return text.startsWith(begin) && end > 0 ? text.substring(begin.length(), end) : "";
    }
}
