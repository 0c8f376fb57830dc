package dev.hostseed.core.signature;

import dev.hostseed.core.image.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An SSH key, used by `ssh-keygen`, which asks for what it needs on the terminal.
///
/// @param key a private key, or the public key of one that the agent has
record SshKeygen(Path key) implements SigningKey {
    @Override
    public byte[] sign(byte[] lock) throws IOException {
        return Program.overFile(lock, file -> {
            // -q: it would tell names of files that are gone before anybody could look
            var command = List.of(
                    "ssh-keygen",
                    "-q",
                    "-Y",
                    "sign",
                    "-n",
                    SshSignature.NAMESPACE,
                    "-f",
                    key.toString(),
                    file.toString());
            Program.run(command, "OpenSSH signs with this key; is openssh-client installed?");
            return Files.readAllBytes(file.resolveSibling(file.getFileName() + ".sig"));
        });
    }

    @Override
    public String signatureName() {
        return Bundle.SSH_SIGNATURE;
    }
}
