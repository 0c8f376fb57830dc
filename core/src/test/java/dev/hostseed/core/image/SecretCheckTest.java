package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.scan.AllowFile;
import dev.hostseed.core.scan.Search;
import dev.hostseed.core.scan.SecretRules;
import dev.hostseed.core.scan.SecretsFoundException;
import dev.hostseed.core.scan.Severity;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The search for secrets in each form that a bundle has.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecretCheckTest {
    private static final Search SEARCH =
            new Search(Search.Extent.CHANGED, AllowFile.NONE, Set.of(), Severity.HIGH, report -> {});

    private FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private Path work = disk.getPath("/work");

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(work);
        image("clean", "nothing");
        image("leaking", "password of https://me:" + "Pq7-zR2x" + "@git.internal/");
    }

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_bundle_is_searched_whatever_the_form_of_its_layers(LayerForm form) throws IOException {
        var target = new Target(work.resolve("bundle"), false, form, false);

        assertThat(collect(target, "clean").scan().rules()).isEqualTo(SecretRules.VERSION);
        assertRefused(target);
    }

    @ParameterizedTest
    @EnumSource
    void an_archive_is_searched(LayerForm form) throws IOException {
        var target = Target.archive(work.resolve("bundle.tar"), form);

        assertThat(collect(target, "clean").scan().rules()).isEqualTo(SecretRules.VERSION);
        assertRefused(target);
    }

    @Test
    void what_is_added_is_searched() throws IOException {
        var target = Target.directory(work.resolve("bundle"));
        var before = collect(target, "clean");

        assertRefused(target.adding());

        assertThat(Bundle.lock(target.place())).isEqualTo(before);
        image("other", "nothing either");
        assertThat(collect(target.adding(), "other").scan().rules()).isEqualTo(SecretRules.VERSION);
    }

    /// Leaves behind what was there before.
    private void assertRefused(Target target) {
        assertThatThrownBy(() -> collect(target, "leaking")).isInstanceOf(SecretsFoundException.class);
    }

    private void image(String name, String text) throws IOException {
        Files.write(
                work.resolve(name + ".tar"),
                TestImages.saved(
                        "a/" + name + ":1",
                        TestBundles.HERE.architecture(),
                        List.of(TestImages.layer("srv/notes.txt", text))));
    }

    private Lock collect(Target target, String name) throws IOException {
        var references = new TreeSet<>(List.of(ImageReference.parse("a/" + name + ":1")));
        var request = new Request(new ProjectName("shop"), references, TestBundles.HERE, Pins.NONE, SEARCH);
        List<ImageSource> sources = List.of(new ImageSource.FromArchive(work.resolve(name + ".tar")));
        return Bundle.collect(request, sources, target, Progress.SILENT);
    }
}
