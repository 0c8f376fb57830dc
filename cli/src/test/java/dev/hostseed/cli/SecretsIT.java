package dev.hostseed.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.cli.CommandLineProject.Ended;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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

    private @Nullable CommandLineProject project;
    private Digest leaking = Digest.of(new byte[0]);

    @BeforeEach
    void prepare() throws Exception {
        project = CommandLineProject.in(directory);
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

    /// An image with a layer that has the key, and one that deletes it.
    private void archive() throws Exception {
        leaking = project().layer("1.tar", "root/.ssh/id_rsa", key());
        project().layer("2.tar", "root/.ssh/.wh.id_rsa", "");
        project().archive("web", List.of("ADD id_rsa /root/.ssh/", "RUN rm /root/.ssh/id_rsa"), "1.tar", "2.tar");
    }

    private static String key() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        var dashes = "-".repeat(5);
        return dashes + "BEGIN PRIVATE KEY" + dashes + "\n" + text + "\n" + dashes + "END PRIVATE KEY" + dashes + "\n";
    }

    private Ended bundle(String... more) throws Exception {
        return project().bundle(more);
    }

    private CommandLineProject project() {
        return Objects.requireNonNull(project);
    }
}
