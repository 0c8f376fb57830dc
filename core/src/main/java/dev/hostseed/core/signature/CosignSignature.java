package dev.hostseed.core.signature;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/// A signature as `cosign sign-blob --key` writes it: base64 alone, or a bundle. It tells at most by a hint
/// whose it is.
///
/// Of a bundle, only what a public key can vouch for is taken: the signature, the digest of what was signed, and
/// the hint. Entries of transparency logs and time stamps are let be; with a key nothing depends on them. A
/// certificate in place of a key, and an attestation in place of a signature, are refused.
///
/// Rule: sigstore's protobuf-specs, `sigstore_bundle.proto`, in JSON; cosign's SIGNATURE_SPEC.
///
/// @param digest of the message, by SHA-256; empty where it is not told
/// @param hint the digest of the key, by SHA-256; empty where it is not told
record CosignSignature(byte[] signature, byte[] digest, byte[] hint) {
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// @param text a whole file
    static CosignSignature read(String text) throws BadSignatureException {
        if (!text.startsWith("{")) {
            var line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            return new CosignSignature(CanonicalBase64.decode(line), new byte[0], new byte[0]);
        }
        try {
            return bundle(Json.readMapping(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (MalformedDataException malformed) {
            throw new BadSignatureException("damaged: " + malformed.getMessage());
        }
    }

    private static CosignSignature bundle(Data.Mapping bundle) throws BadSignatureException {
        if (bundle.find("base64Signature").isPresent()) {
            throw new BadSignatureException("a bundle of cosign before 3; sign with --new-bundle-format, "
                    + "or with --output-signature in place of --bundle");
        }
        if (bundle.find("dsseEnvelope").isPresent()) {
            throw new BadSignatureException("an attestation, not a signature over the lock: use 'cosign sign-blob'");
        }
        only(bundle, "mediaType", "verificationMaterial", "messageSignature");
        if (!text(bundle, "mediaType").equals(MEDIA_TYPE)) {
            throw new BadSignatureException("not a bundle of the kind that is taken, which is " + MEDIA_TYPE);
        }
        var material = inner(bundle, "verificationMaterial");
        if (material.find("publicKey").isEmpty()) {
            throw new BadSignatureException("signed with a certificate; hostseed trusts keys alone: sign with --key");
        }
        only(material, "publicKey", "tlogEntries", "timestampVerificationData");
        var key = inner(material, "publicKey");
        only(key, "hint");
        var message = inner(bundle, "messageSignature");
        only(message, "messageDigest", "signature");
        return new CosignSignature(
                CanonicalBase64.decode(text(message, "signature")),
                digest(inner(message, "messageDigest")),
                key.find("hint").isPresent() ? CanonicalBase64.decode(text(key, "hint")) : new byte[0]);
    }

    /// Empty for Ed25519, whose signatures are over the message itself.
    private static byte[] digest(Data.Mapping digest) throws BadSignatureException {
        if (digest.entries().isEmpty()) {
            return new byte[0];
        }
        only(digest, "algorithm", "digest");
        if (!text(digest, "algorithm").equals("SHA2_256")) {
            throw new BadSignatureException("its hash is '" + text(digest, "algorithm") + "'; SHA2_256 is taken");
        }
        return CanonicalBase64.decode(text(digest, "digest"));
    }

    /// @throws BadSignatureException if this is, by its own account, a signature over another message
    void checkDigest(byte[] message) throws BadSignatureException {
        if (digest.length > 0 && !Arrays.equals(digest, SshKey.hash("SHA-256", message))) {
            throw new BadSignatureException("not a signature over this lock: it is over something with the digest "
                    + "sha256:" + HexFormat.of().formatHex(digest));
        }
    }

    /// Whether this is a signature with `key` over `message`.
    boolean verifies(PemKey key, byte[] message) throws BadSignatureException {
        if (hint.length > 0
                && !Arrays.equals(hint, SshKey.hash("SHA-256", key.encoded().toArray()))) {
            return false;
        }
        return switch (key.key()) {
            case VerifyingKey.Ed25519 ed25519 -> ed25519.verifies(message, signature);
            case VerifyingKey.Rsa rsa -> rsa.verifies("SHA256", message, signature);
            case VerifyingKey.Ecdsa ecdsa -> verifies(ecdsa, message);
        };
    }

    private boolean verifies(VerifyingKey.Ecdsa key, byte[] message) throws BadSignatureException {
        var file = new Der(signature);
        var numbers = file.sequence();
        file.end();
        var r = numbers.number();
        var s = numbers.number();
        numbers.end();
        return key.verifies(message, r, s);
    }

    private static void only(Data.Mapping mapping, String... keys) throws BadSignatureException {
        for (var key : mapping.entries().keySet()) {
            if (!Set.of(keys).contains(key)) {
                throw new BadSignatureException("a bundle with '" + key + "', which is not known here");
            }
        }
    }

    private static String text(Data.Mapping mapping, String key) throws BadSignatureException {
        if (mapping.find(key).orElse(Data.Null.NULL) instanceof Data.Text(var text)) {
            return text;
        }
        throw new BadSignatureException("a bundle without a text at '" + key + "'");
    }

    private static Data.Mapping inner(Data.Mapping mapping, String key) throws BadSignatureException {
        if (mapping.find(key).orElse(Data.Null.NULL) instanceof Data.Mapping inner) {
            return inner;
        }
        throw new BadSignatureException("a bundle without an object at '" + key + "'");
    }
}
