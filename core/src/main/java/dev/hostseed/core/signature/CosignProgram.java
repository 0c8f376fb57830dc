package dev.hostseed.core.signature;

import dev.hostseed.core.image.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An encrypted key of cosign, used by `cosign`, which takes its password from `COSIGN_PASSWORD` or asks for it.
/// Nothing is sent to a transparency log.
record CosignProgram(Path key) implements SigningKey {
    private static final List<String> OFFLINE = List.of("--tlog-upload=false", "--yes");
    private static final String MISSING = "cosign signs with this key; install it, or use an SSH key or an unencrypted "
            + "private key in PEM, which need it not";

    @Override
    public byte[] sign(byte[] lock) throws IOException {
        return Program.overFile(lock, file -> {
            var signature = file.resolveSibling("signature");
            var command = new ArrayList<>(List.of("cosign", "sign-blob", "--key", key.toString()));
            command.addAll(OFFLINE);
            command.addAll(form(signature));
            command.add(file.toString());
            Program.run(command, MISSING);
            return Files.readAllBytes(signature);
        });
    }

    /// cosign 3 asks the network for a configuration unless told not to; cosign 2 has another form unless told.
    private static List<String> form(Path signature) throws IOException {
        var help = Program.output(List.of("cosign", "sign-blob", "--help"), MISSING);
        var other = help.contains("--use-signing-config") ? "--use-signing-config=false" : "--new-bundle-format";
        return List.of("--bundle", signature.toString(), other);
    }

    @Override
    public String signatureName() {
        return Bundle.COSIGN_SIGNATURE;
    }
}
