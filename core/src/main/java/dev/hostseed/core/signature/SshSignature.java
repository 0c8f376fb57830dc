package dev.hostseed.core.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A signature as `ssh-keygen -Y sign` writes it.
///
/// Rule: PROTOCOL.sshsig.
///
/// @param hash `sha256` or `sha512`: of the message, before it is signed
/// @param reserved signed too, and empty today
/// @param signature in the form that belongs to the key's type
record SshSignature(SshKey key, String namespace, byte[] reserved, String hash, byte[] signature) {
    /// What signatures over locks are for: one made for a mail or a commit is none.
    static final String NAMESPACE = "hostseed-bundle";

    private static final String LABEL = "SSH SIGNATURE";
    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final int USER_PRESENT = 1;

    /// @param armored a whole file
    static SshSignature read(String armored) throws BadSignatureException {
        var from = new SshReader(Armor.decode(LABEL, armored));
        if (!Arrays.equals(from.take(MAGIC.length), MAGIC)) {
            throw new BadSignatureException("damaged: not an SSH signature");
        }
        var version = from.uint32();
        if (version != 1) {
            throw new BadSignatureException("an SSH signature of version " + version + "; 1 is known");
        }
        var signature = new SshSignature(
                SshKey.read(from.string()), from.text(), from.string(), hash(from.text()), from.string());
        from.end();
        return signature;
    }

    private static String hash(String name) throws BadSignatureException {
        if (!name.equals("sha256") && !name.equals("sha512")) {
            throw new BadSignatureException("its hash is '" + name + "'; sha256 and sha512 are taken");
        }
        return name;
    }

    /// @throws BadSignatureException if this is not its key's signature over `message`, for our namespace
    void verify(byte[] message) throws BadSignatureException {
        if (!namespace.equals(NAMESPACE)) {
            throw new BadSignatureException("made for '" + namespace + "', not for '" + NAMESPACE
                    + "': sign with 'hostseed bundle sign' or 'ssh-keygen -Y sign -n " + NAMESPACE + "'");
        }
        var from = new SshReader(signature);
        var algorithm = from.text();
        if (!verifies(algorithm, from, signed(message))) {
            throw new BadSignatureException("not a signature over this lock: one of them was changed or is another");
        }
    }

    private byte[] signed(byte[] message) {
        return new SshWriter()
                .raw(MAGIC)
                .text(namespace)
                .string(reserved)
                .text(hash)
                .string(SshKey.hash(hash.equals("sha256") ? "SHA-256" : "SHA-512", message))
                .toArray();
    }

    private boolean verifies(String algorithm, SshReader from, byte[] signed) throws BadSignatureException {
        return switch (key.key()) {
            case VerifyingKey.Rsa rsa -> {
                var bytes = from.string();
                from.end();
                yield rsa.verifies(rsaHash(algorithm), signed, bytes);
            }
            case VerifyingKey.Ed25519 ed25519 -> {
                expect(algorithm);
                var bytes = from.string();
                yield ed25519.verifies(withTouch(from, signed), bytes);
            }
            case VerifyingKey.Ecdsa ecdsa -> {
                expect(algorithm);
                var numbers = new SshReader(from.string());
                var r = numbers.number();
                var s = numbers.number();
                numbers.end();
                yield ecdsa.verifies(withTouch(from, signed), r, s);
            }
        };
    }

    private void expect(String algorithm) throws BadSignatureException {
        if (!algorithm.equals(key.type())) {
            throw new BadSignatureException("signed by '" + algorithm + "', but its key is '" + key.type() + "'");
        }
    }

    /// Rule: RFC 8332; `ssh-rsa` stands for SHA-1 there.
    private static String rsaHash(String algorithm) throws BadSignatureException {
        return switch (algorithm) {
            case "rsa-sha2-256" -> "SHA256";
            case "rsa-sha2-512" -> "SHA512";
            default ->
                throw new BadSignatureException(
                        "signed by '" + algorithm + "'; of RSA, rsa-sha2-256 and rsa-sha2-512 are taken");
        };
    }

    /// What is signed in truth. A security key adds whom it was asked for, how often it was used, and whether
    /// somebody touched it, which is demanded.
    ///
    /// Rule: PROTOCOL.u2f, "SSH U2F Signatures".
    ///
    /// @param from what follows the signature
    private byte[] withTouch(SshReader from, byte[] signed) throws BadSignatureException {
        if (!key.isSecurityKey()) {
            from.end();
            return signed;
        }
        var flags = from.octet();
        var counter = from.uint32();
        from.end();
        if ((flags & USER_PRESENT) == 0) {
            throw new BadSignatureException("its security key does not say that somebody touched it");
        }
        return new SshWriter()
                .raw(SshKey.hash("SHA-256", key.application().getBytes(StandardCharsets.US_ASCII)))
                .octet(flags)
                .uint32(counter)
                .raw(SshKey.hash("SHA-256", signed))
                .toArray();
    }
}
