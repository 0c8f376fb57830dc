package dev.hostseed.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A key that one layer of an image adds and the next one deletes, from the command line.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecretsIT {
    private static final String ALLOW = ".hostseed-secrets-allow";

    @TempDir
    private Path directory;

    private Digest leaking = Digest.of(new byte[0]);

    @BeforeEach
    void prepare() throws Exception {
        Files.writeString(directory.resolve("compose.yaml"), "name: shop\nservices: {web: {image: 'example/web:1'}}\n");
        archive();
    }

    @Test
    void a_deleted_key_is_refused_until_somebody_says_why_it_may_stay() throws Exception {
        var refused = bundle();

        assertThat(refused.code()).isEqualTo(9);
        assertThat(refused.output())
                .contains(
                        "example/web:1 layer 1 /root/.ssh/id_rsa:1: error: a private SSH key (ssh-private-key '----…'")
                .contains(
                        "deleted by layer 2, but still in layer 1 (ADD id_rsa /root/.ssh/); anyone with the bundle can"
                                + " read it — rebuild with RUN --mount=type=secret")
                .contains("hostseed: 1 secret in the images; ");
        assertThat(directory.resolve("bundle")).doesNotExist();
        assertThat(directory.resolve("hostseed.lock")).doesNotExist();

        var line = refused.output()
                .lines()
                .filter(one -> one.contains("to let it stay"))
                .findFirst()
                .orElseThrow();
        var allow = line.substring(line.indexOf(ALLOW + ": ") + ALLOW.length() + 2);
        Files.writeString(directory.resolve(ALLOW), allow + "\n");
        assertThat(bundle().output()).contains(ALLOW + ":1:45: error: there is no reason");
        assertThat(bundle().code()).isEqualTo(3);

        Files.writeString(directory.resolve(ALLOW), allow.replace("<why>", "the key of the demo") + "\n");
        var allowed = bundle();
        assertThat(allowed.code()).isZero();
        assertThat(allowed.output()).contains("allowed: a private SSH key");
        assertThat(Files.readString(directory.resolve("hostseed.lock")))
                .contains(allow.substring(0, 32), "the key of the demo", "\"rules\": 1", leaking.value());
        assertThat(bundle()).isEqualTo(allowed); // it is not forgotten because the layer is known
    }

    @Test
    void programs_are_told_the_same() throws Exception {
        var refused = bundle("--json");

        assertThat(refused.code()).isEqualTo(9);
        var json = Json.readMapping(refused.output().getBytes(UTF_8));
        var first =
                ((Data.Sequence) json.find("problems").orElseThrow()).items().getFirst();
        assertThat(first).isInstanceOfSatisfying(Data.Mapping.class, problem -> {
            assertThat(problem.find("code")).contains(new Data.Text("HS-K06"));
            assertThat(problem.find("secret").orElseThrow().toString()).contains("deleted", "ssh-private-key", "<why>");
        });
    }

    @Test
    void a_trusted_base_and_no_search_at_all_are_told_in_the_lock() throws Exception {
        assertThat(bundle("--trust-base", leaking.value()).code()).isZero();
        assertThat(Files.readString(directory.resolve("hostseed.lock"))).contains("\"trusted\": [");

        assertThat(bundle().code()).as("trust is not kept").isEqualTo(9);

        assertThat(bundle("--no-scan").output()).contains("images are not searched for secrets");
        assertThat(Files.readString(directory.resolve("hostseed.lock"))).contains("\"rules\": 0");
        assertThat(bundle().code()).isEqualTo(9);
        assertThat(bundle("--trust-base", "latest").code()).isEqualTo(2);
    }

    /// An archive as `docker save` writes it: a layer with the key, and one that deletes it.
    private void archive() throws Exception {
        var image = Files.createDirectories(directory.resolve("image"));
        var ssh = Files.createDirectories(image.resolve("root/.ssh"));
        Files.writeString(ssh.resolve("id_rsa"), key());
        Files.writeString(ssh.resolve(".wh.id_rsa"), "");
        tar(image, "1.tar", "root/.ssh/id_rsa");
        tar(image, "2.tar", "root/.ssh/.wh.id_rsa");
        leaking = Digest.of(Files.readAllBytes(image.resolve("1.tar")));
        Files.writeString(image.resolve("config.json"), """
                {"architecture": "%s", "os": "linux", "rootfs": {"type": "layers", "diff_ids": ["%s", "%s"]},
                 "history": [{"created_by": "ADD id_rsa /root/.ssh/"}, {"created_by": "RUN rm /root/.ssh/id_rsa"}]}
                """.formatted(
                        System.getProperty("os.arch").replace("aarch64", "arm64"),
                        leaking,
                        Digest.of(Files.readAllBytes(image.resolve("2.tar")))));
        Files.writeString(image.resolve("manifest.json"), """
                [{"Config": "config.json", "RepoTags": ["example/web:1"], "Layers": ["1.tar", "2.tar"]}]
                """);
        var archive = Files.createDirectories(directory.resolve("images")).resolve("web.tar");
        run("tar", "-C", image.toString(), "-cf", archive.toString(), "manifest.json", "config.json", "1.tar", "2.tar");
    }

    private static String key() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        var dashes = "-".repeat(5);
        return dashes + "BEGIN PRIVATE KEY" + dashes + "\n" + text + "\n" + dashes + "END PRIVATE KEY" + dashes + "\n";
    }

    private void tar(Path image, String name, String file) throws Exception {
        run("tar", "--mtime=@0", "--owner=0", "--group=0", "-C", image.toString(), "-cf", image + "/" + name, file);
    }

    private Ended bundle(String... more) throws Exception {
        var words = new ArrayList<>(List.of(
                System.getProperty("hostseed.home") + "/bin/hostseed", "bundle", "--docker-socket", "/nonexistent"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private record Ended(int code, String output) {}

    private Ended run(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var lines = new ArrayList<String>();
        new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .filter(line -> !line.startsWith("verifying ")
                        && !line.startsWith("collecting ")
                        && !line.startsWith("searching ")
                        && !line.startsWith("reading "))
                .forEach(lines::add);
        return new Ended(process.waitFor(), lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }
}
