package dev.hostseed.core.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SecretScanTest {
    private static final String KEY = Samples.privateKey();
    private static final TestLayer LEAK = new TestLayer().file("srv/id", KEY);
    private static final TestLayer OTHER = new TestLayer().file("a", "1");

    @Test
    void a_layer_of_several_images_is_read_once_and_told_once() throws IOException {
        var images = new TestImage().with("a:1", "{}", LEAK).with("b:1", "{}", LEAK, OTHER);

        var report = images.search();

        assertThat(images.opened).containsExactly(LEAK.digest(), OTHER.digest(), OTHER.digest());
        assertThat(report.refused())
                .singleElement()
                .satisfies(finding -> assertThat(finding.images()).containsExactly("a:1", "b:1"));
    }

    @Test
    void what_became_of_a_secret_depends_on_the_image() throws IOException {
        var gone = new TestLayer().file("srv/.wh.id", "");
        var images = new TestImage().with("a:1", "{}", LEAK).with("b:1", "{}", LEAK, gone);

        assertThat(images.findings())
                .extracting(Finding::fate)
                .containsExactly(new Fate.Present(), new Fate.Deleted(2));
    }

    @Test
    void a_directory_that_became_a_file_takes_its_files_with_it() throws IOException {
        assertThat(TestImage.of(LEAK, new TestLayer().file("srv", "1")).findings())
                .extracting(Finding::fate)
                .containsExactly(new Fate.Deleted(2));
        assertThat(TestImage.of(LEAK, new TestLayer().symbolicLink("srv", "opt"))
                        .findings())
                .extracting(Finding::fate)
                .containsExactly(new Fate.Deleted(2));
        assertThat(TestImage.of(LEAK, new TestLayer().directory("srv/id")).findings())
                .extracting(Finding::fate)
                .containsExactly(new Fate.Overwritten(2));
    }

    @Test
    void a_directory_that_is_written_again_takes_nothing_away() throws IOException {
        assertThat(TestImage.of(
                                LEAK,
                                new TestLayer()
                                        .directory("srv")
                                        .file("srv2", "1")
                                        .file("srv/id.pub", "1"))
                        .findings())
                .extracting(Finding::fate)
                .containsExactly(new Fate.Present());
    }

    @Test
    void whiteouts_act_on_lower_layers_alone() throws IOException {
        var same = new TestLayer()
                .file("srv/.wh..wh..opq", "")
                .file("srv/.wh.id", "")
                .file("srv/id", KEY);

        assertThat(TestImage.of(same).findings()).extracting(Finding::fate).containsExactly(new Fate.Present());
    }

    @Test
    void a_link_may_make_a_key_of_a_file() throws IOException {
        var layer = new TestLayer().file("x", "not a key by its text\n").hardLink("root/.ssh/id_rsa", "x");

        assertThat(TestImage.of(layer).findings()).extracting(Finding::path).containsExactly("/root/.ssh/id_rsa");
    }

    @Test
    void what_the_allow_file_names_is_let_through() throws IOException {
        var mark = TestImage.of(LEAK).findings().getFirst().mark();
        var allowed = AllowFile.parse(Path.of("allow"), mark + " 2026-11-20 demo\n", LocalDate.of(2026, 11, 21));

        var report = TestImage.of(LEAK).search(allowed, Set.of(), Set.of());

        assertThat(report.refused()).isEmpty();
        assertThat(report.allowed()).hasSize(1);
        assertThat(report.found()).containsExactly(LEAK.digest());
    }

    @Test
    void a_mark_is_of_one_layer_path_and_value() throws IOException {
        var token = Shape.of("ghp_[A-Za-z0-9]{36}");
        var value = Samples.of(token, new Random(1));
        var marks = TestImage.of(
                        new TestLayer().file("a", value).file("b", value).file("c", Samples.of(token, new Random(2))),
                        new TestLayer().file("a", value))
                .findings();

        assertThat(marks)
                .extracting(Finding::mark)
                .hasSize(4)
                .doesNotHaveDuplicates()
                .allMatch(m -> m.matches("[0-9a-f]{32}"));
    }

    @Test
    void layers_of_a_trusted_base_are_not_judged() throws IOException {
        var mine = new TestLayer().file("mine", Samples.privateKey());

        var report = TestImage.of(OTHER, LEAK, mine).search(AllowFile.NONE, Set.of(LEAK.digest()), Set.of());

        assertThat(report.refused()).extracting(Finding::path).containsExactly("/mine");
        assertThat(report.trusted()).containsExactlyInAnyOrder(OTHER.digest(), LEAK.digest());
        assertThat(report.strangers()).isEmpty();
    }

    @Test
    void a_base_that_is_in_no_image_is_told() throws IOException {
        var stranger = Digest.of("stranger".getBytes(StandardCharsets.UTF_8));

        assertThat(TestImage.of(OTHER)
                        .search(AllowFile.NONE, Set.of(stranger), Set.of())
                        .strangers())
                .containsExactly(stranger);
    }

    @Test
    void a_layer_that_is_known_to_be_clean_is_read_for_states_alone() throws IOException {
        var images = TestImage.of(OTHER, LEAK, new TestLayer().file("b", "1"));

        images.search(AllowFile.NONE, Set.of(), Set.of(OTHER.digest()));

        assertThat(images.opened).doesNotContain(OTHER.digest());
    }

    @Test
    void environment_labels_commands_and_history_are_looked_into() throws IOException {
        var value = Samples.base64(20, new Random(7));
        var config = """
                {"config": {"Env": ["PATH=/bin", "DB_PASSWORD=%1$s", "TOKEN_FILE=/run/secrets/token", "API_KEY=$OTHER"],
                            "Labels": {"deploy.token": "%1$s"}, "Cmd": ["run", "--api-key=%1$s"]},
                 "history": [{"created_by": "|2 DIR=/srv NPM_TOKEN=%1$s /bin/sh -c make # buildkit"},
                             {"created_by": "/bin/sh -c #(nop)  CMD [\\"run\\"]", "empty_layer": true}]}
                """.formatted(value);

        var findings = new TestImage().with("a:1", config, LEAK).findings();

        assertThat(findings)
                .extracting(Finding::path)
                .containsExactly(
                        "Cmd --api-key", "Env DB_PASSWORD", "Labels deploy.token", "history NPM_TOKEN", "/srv/id");
        assertThat(findings.getLast().createdBy()).isEqualTo("|2 DIR=/srv NPM_TOKEN=*** /bin/sh -c make # buildkit");
        assertThat(findings.toString()).doesNotContain(value);
    }

    @Test
    void a_token_in_a_command_is_told_without_its_value() throws IOException {
        var token = Samples.of(Shape.of("ghp_[A-Za-z0-9]{36}"), new Random(3));
        var config = "{\"history\": [{\"created_by\": \"RUN curl -H 'Authorization: " + token + "' x\"}]}";

        var findings = new TestImage().with("a:1", config, LEAK).findings();

        assertThat(findings).hasSize(2);
        assertThat(findings.toString()).doesNotContain(token).contains("RUN curl -H 'Authorization: ****");
    }

    @Test
    void guesses_are_not_made_in_layers_of_the_base() throws IOException {
        var layer = new TestLayer().file("etc/app.conf", "password = " + Samples.base64(20, new Random(5)) + "1\n");
        var config = """
                {"history": [{"created_by": "ADD rootfs"}, {"created_by": "CMD [\\"sh\\"]", "empty_layer": true},
                             {"created_by": "COPY a"}, {"created_by": "CMD [\\"app\\"]", "empty_layer": true}]}
                """;

        assertThat(new TestImage().with("a:1", config, layer, OTHER).findings()).isEmpty();
        assertThat(new TestImage().with("a:1", config, OTHER, layer).findings()).hasSize(1);
    }

    @Test
    void samples_of_packages_are_low() throws IOException {
        var layer = new TestLayer()
                .file("usr/lib/python3/dist-packages/x/tests/key.pem", KEY)
                .file("usr/local/tests/key.pem", Samples.privateKey())
                .file("app/tests/key.pem", Samples.privateKey());

        assertThat(TestImage.of(layer).findings())
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH, Severity.HIGH, Severity.LOW);
    }

    @Test
    void a_layer_that_is_no_tar_is_named() {
        var layer = new TestLayer().raw("<html>".repeat(100).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> TestImage.of(layer).search())
                .isInstanceOf(MalformedLayerException.class)
                .hasMessageContaining("layer " + layer.digest() + " of example/web:1");
    }

    @Test
    void equal_images_give_equal_reports() throws IOException {
        assertThat(TestImage.of(LEAK, OTHER).search())
                .isEqualTo(TestImage.of(LEAK, OTHER).search());
    }
}
