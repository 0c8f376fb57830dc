package dev.hostseed.core.signature;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.core.image.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Signs the lock of a bundle.
public final class LockSignature {
    private LockSignature() {}

    /// What signs by `key` the lock of a bundle that is being made.
    ///
    /// It throws a [BadSignatureException] if the key cannot be used, or no host would take its signatures.
    public static Signer by(SigningKey key) {
        return lock -> Map.of(key.signatureName(), sign(lock, key));
    }

    /// Signs the lock of `bundle`, a directory or an archive, and has the signature beside it, in place of an earlier
    /// one, at once.
    ///
    /// @return the file of the signature; the archive that it is in
    /// @throws BadBundleException if there is no sound lock
    /// @throws BadSignatureException if the key cannot be used, or no host would take its signatures
    public static Path write(Path bundle, SigningKey key) throws IOException {
        var lock = Bundle.lockBytes(bundle);
        LockFile.read(bundle.resolve(Bundle.LOCK), lock);
        var signature = sign(lock, key);
        if (Files.isRegularFile(bundle)) {
            Bundle.attach(bundle, key.signatureName(), signature);
            return bundle;
        }
        var content = new FileContent.Held(Bytes.of(signature), FileMode.READABLE);
        FileTree.write(new TreeMap<>(Map.of(new TargetPath("/" + key.signatureName()), content)), bundle);
        return bundle.resolve(key.signatureName());
    }

    /// A key may sign what no host takes, such as one of RSA that is too short.
    private static byte[] sign(byte[] lock, SigningKey key) throws IOException {
        var signature = key.sign(lock);
        var text = new String(signature, StandardCharsets.ISO_8859_1);
        if (key.signatureName().equals(Bundle.SSH_SIGNATURE)) {
            SshSignature.read(text).verify(lock);
        } else {
            CosignSignature.read(text).checkDigest(lock);
        }
        return signature;
    }
}
