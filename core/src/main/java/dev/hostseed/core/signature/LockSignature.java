package dev.hostseed.core.signature;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.LockFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Signs the lock of a bundle.
public final class LockSignature {
    private LockSignature() {}

    /// Signs the lock in the directory `bundle`, and has the signature beside it, in place of an earlier one, at
    /// once.
    ///
    /// @return the file of the signature
    /// @throws dev.hostseed.core.image.BadBundleException if there is no sound lock
    /// @throws BadSignatureException if the key cannot be used, or no host would take its signatures
    public static Path write(Path bundle, SigningKey key) throws IOException {
        var lock = LockFile.bytes(bundle.resolve(Bundle.LOCK));
        LockFile.read(lock);
        var signature = key.sign(lock);
        check(new String(signature, StandardCharsets.ISO_8859_1), key, lock);
        var content = new FileContent.Held(Bytes.of(signature), FileMode.READABLE);
        FileTree.write(new TreeMap<>(Map.of(new TargetPath("/" + key.signatureName()), content)), bundle);
        return bundle.resolve(key.signatureName());
    }

    /// A key may sign what no host takes, such as one of RSA that is too short.
    private static void check(String signature, SigningKey key, byte[] lock) throws BadSignatureException {
        if (key.signatureName().equals(Bundle.SSH_SIGNATURE)) {
            SshSignature.read(signature).verify(lock);
        } else {
            CosignSignature.read(signature).checkDigest(lock);
        }
    }
}
