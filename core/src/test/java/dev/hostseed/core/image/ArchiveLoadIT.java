package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Archives of bundles, loaded by `docker load` as they are, and by us. Engines as in [BundleIT].
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchiveLoadIT {
    private static final Platform HERE = Platform.ofThisMachine();
    private static final List<String> IMAGES = List.of("a/one:1", "a/two:1");

    @TempDir
    private Path work = Path.of("/nonexistent");

    static Stream<TestEngine.Kind> engines() {
        return TestEngine.kinds();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void docker_load_takes_an_archive_as_it_is(TestEngine.Kind kind) throws Exception {
        try (var engine = TestEngine.start(kind)) {
            var lock = archive(LayerForm.PLAIN);
            engine.docker("load", "--input", work.resolve("PLAIN.tar").toString());
            assertThat(saved(engine)).isEqualTo(configs(lock));
            IMAGES.forEach(image -> remove(engine, image));

            archive(LayerForm.ZSTD);
            if (engine.docker("version", "--format", "{{.Server.Version}}").startsWith("20.")) {
                return; // it knows no zstd
            }
            engine.docker("load", "--input", work.resolve("ZSTD.tar").toString());
            assertThat(saved(engine)).isEqualTo(configs(lock));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void an_archive_is_loaded_without_being_unpacked(TestEngine.Kind kind) throws Exception {
        try (var engine = TestEngine.start(kind)) {
            for (var form : LayerForm.values()) {
                var lock = archive(form);
                var report =
                        BundleLoader.load(work.resolve(form + ".tar"), Engine.at(engine.socket()), Progress.SILENT);

                assertThat(report.outcomes().values()).containsOnly(LoadReport.Outcome.LOADED);
                assertThat(saved(engine)).isEqualTo(configs(lock));
                IMAGES.forEach(image -> remove(engine, image));
            }
        }
    }

    private static void remove(TestEngine engine, String image) {
        try {
            engine.docker("rmi", "--force", image);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// The configs of what the Engine has, every byte of whose layers is read.
    private List<LockedImage.Content> saved(TestEngine engine) throws IOException {
        var source = new ImageSource.FromEngine(Engine.at(engine.socket()));
        return configs(collect(List.of(source), Target.directory(work.resolve("saved"))));
    }

    private static List<LockedImage.Content> configs(Lock lock) {
        return lock.images().stream().map(LockedImage::config).toList();
    }

    private Lock archive(LayerForm form) throws IOException {
        var base = TestImages.layer("base", "base");
        for (var name : List.of("one", "two")) {
            var layers = List.of(base, TestImages.layer(name, name));
            Files.write(work.resolve(name), TestImages.saved("a/" + name + ":1", HERE.architecture(), layers));
        }
        var sources = List.<ImageSource>of(
                new ImageSource.FromArchive(work.resolve("one")), new ImageSource.FromArchive(work.resolve("two")));
        return collect(sources, Target.archive(work.resolve(form + ".tar"), form));
    }

    private static Lock collect(List<ImageSource> sources, Target target) throws IOException {
        var wanted = new TreeSet<ImageReference>();
        IMAGES.forEach(image -> wanted.add(ImageReference.parse(image)));
        return Bundle.collect(
                new Request(new ProjectName("shop"), wanted, HERE, Pins.NONE), sources, target, Progress.SILENT);
    }
}
