package dev.hostseed.core.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.core.image.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Signatures against cosign, both ways. The environment's `HOSTSEED_COSIGN` names one or more, between colons; else
/// that of Debian 13 is taken.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CosignIT {
    private static final Map<String, String> PASSWORD = Map.of("COSIGN_PASSWORD", "correct horse");

    @TempDir
    Path disk;

    private byte[] lock;

    static List<String> programs() throws Exception {
        var named = System.getenv().getOrDefault("HOSTSEED_COSIGN", "");
        return named.isEmpty()
                ? List.of(Tool.path(List.of("../scripts/trixie-program", "cosign", "usr/bin/cosign")))
                : List.of(named.split(":", -1));
    }

    @BeforeEach
    void bundle() throws IOException {
        lock = LockFile.write(new Lock(new ProjectName("shop"), 1, Scan.NONE, List.of()));
        Files.write(disk.resolve(Bundle.LOCK), lock);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void what_cosign_signs_is_taken(String cosign) throws Exception {
        run(cosign, "generate-key-pair").good();
        for (var form : forms(cosign)) {
            Files.deleteIfExists(disk.resolve(Bundle.COSIGN_SIGNATURE));
            var command = new ArrayList<>(List.of("sign-blob", "--key", "cosign.key", "--tlog-upload=false", "--yes"));
            command.addAll(form);
            command.addAll(List.of(Bundle.COSIGN_SIGNATURE, Bundle.LOCK));
            run(cosign, command.toArray(String[]::new)).good();

            assertThat(Trust.of(List.of(disk.resolve("cosign.pub")), Clock.systemUTC())
                            .verify(disk, lock))
                    .as(String.join(" ", form))
                    .extracting(Signed::kind, Signed::name)
                    .containsExactly(tuple("ECDSA nistp256", "cosign.pub"));
        }
    }

    /// How a signature is written alone and in a bundle, without the network.
    private List<List<String>> forms(String cosign) throws Exception {
        return run(cosign, "sign-blob", "--help").good().output().contains("--use-signing-config")
                ? List.of(
                        List.of("--use-signing-config=false", "--new-bundle-format=false", "--output-signature"),
                        List.of("--use-signing-config=false", "--bundle"))
                : List.of(List.of("--output-signature"), List.of("--new-bundle-format", "--bundle"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void what_we_sign_cosign_takes(String cosign) throws Exception {
        for (var kind : List.of("EC", "Ed25519", "RSA")) {
            var generator = KeyPairGenerator.getInstance(kind);
            if (!kind.equals("Ed25519")) {
                generator.initialize(kind.equals("EC") ? 256 : 2048);
            }
            var pair = generator.generateKeyPair();
            Files.writeString(disk.resolve("key.pem"), CosignSignatureTest.pem(pair));
            Files.write(
                    disk.resolve("key"),
                    Armor.encode("PRIVATE KEY", pair.getPrivate().getEncoded()));

            LockSignature.write(disk, SigningKey.in(disk.resolve("key")));

            assertThat(verify(cosign).good().output()).as(kind).contains("Verified OK");
            assertThat(Trust.of(List.of(disk.resolve("key.pem")), Clock.systemUTC())
                            .verify(disk, lock))
                    .hasSize(1);
            Files.writeString(disk.resolve(Bundle.LOCK), "x");
            assertThat(verify(cosign).status()).as(kind).isNotZero();
            Files.write(disk.resolve(Bundle.LOCK), lock);
        }
    }

    private Tool.Ended verify(String cosign) throws Exception {
        return run(
                cosign,
                "verify-blob",
                "--key",
                "key.pem",
                "--signature",
                Bundle.COSIGN_SIGNATURE,
                "--insecure-ignore-tlog=true", // there is none without a network, and with a key nothing depends on it
                Bundle.LOCK);
    }

    private Tool.Ended run(String cosign, String... words) throws Exception {
        var command = new ArrayList<>(List.of(cosign));
        command.addAll(List.of(words));
        return Tool.run(disk, PASSWORD, command.toArray(String[]::new));
    }
}
