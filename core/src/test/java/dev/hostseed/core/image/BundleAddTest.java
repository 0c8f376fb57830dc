package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BundleAddTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");

    private FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private Path work = disk.getPath("/work");

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(work);
    }

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    @Test
    void images_added_in_any_order_make_the_bundle_that_all_of_them_make_at_once() throws IOException {
        for (var seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var names = images(random);
            var all = Target.directory(work.resolve("all-" + seed));
            var grown = target(random, work.resolve("grown-" + seed));
            collect(new Target(all.place(), grown.isArchive(), grown.layers(), false), names);

            Collections.shuffle(names, random);
            while (!names.isEmpty()) {
                var some = List.copyOf(names.subList(0, 1 + random.nextInt(names.size())));
                names.removeAll(some);
                collect(grown.adding(), some);
            }

            assertThat(files(grown.place())).as("seed " + seed).isEqualTo(files(all.place()));
        }
    }

    @Test
    void an_image_that_is_added_again_is_replaced() throws IOException {
        image("a/one:1", "one");
        image("a/two:1", "two");
        var target = Target.directory(work.resolve("bundle"));
        collect(target, List.of("a/one:1", "a/two:1"));
        image("a/one:1", "changed");

        var lock = collect(target.adding(), List.of("a/one:1"));

        assertThat(lock.images())
                .extracting(image -> image.reference().toString())
                .containsExactly("a/one:1", "a/two:1");
        assertThat(lock).isEqualTo(collect(Target.directory(work.resolve("fresh")), List.of("a/one:1", "a/two:1")));
        Bundle.verify(target.place(), lock, Progress.SILENT);
    }

    @Test
    void an_image_that_stays_is_not_looked_for() throws IOException {
        image("a/one:1", "one");
        var target = Target.directory(work.resolve("bundle"));
        collect(target, List.of("a/one:1"));
        Files.delete(work.resolve("a-one-1.tar"));
        image("a/two:1", "two");

        assertThat(collect(target.adding(), List.of("a/two:1")).images()).hasSize(2);
    }

    @Test
    void an_image_that_is_damaged_cannot_stay() throws IOException {
        image("a/one:1", "one");
        image("a/two:1", "two");
        var target = Target.directory(work.resolve("bundle"));
        var lock = collect(target, List.of("a/one:1"));
        var blob = Manifests.blob(lock.images().getFirst().layers().getLast().stored());
        Files.write(target.place().resolve(blob), new byte[1]);

        assertThatThrownBy(() -> collect(target.adding(), List.of("a/two:1")))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("a/one:1 cannot stay in the bundle: it is damaged there");
    }

    private Target target(Random random, Path place) {
        var form = random.nextBoolean() ? LayerForm.PLAIN : LayerForm.ZSTD;
        return new Target(place, random.nextBoolean(), form, false);
    }

    /// Up to five images of up to four of the same few layers.
    private List<String> images(Random random) throws IOException {
        var names = new ArrayList<String>();
        for (var i = 0; i <= random.nextInt(5); i++) {
            var layers = new ArrayList<String>();
            for (var layer = 0; layer <= random.nextInt(4); layer++) {
                layers.add("layer " + random.nextInt(5));
            }
            names.add("a/image" + i + ":1");
            image(names.getLast(), layers.toArray(String[]::new));
        }
        return names;
    }

    private void image(String name, String... layers) throws IOException {
        var tars = new ArrayList<byte[]>();
        for (var layer : layers) {
            tars.add(TestImages.layer("file", layer));
        }
        Files.write(archive(name), TestImages.saved(name, "amd64", tars));
    }

    private Path archive(String name) {
        return work.resolve(name.replace('/', '-').replace(':', '-') + ".tar");
    }

    private Lock collect(Target target, List<String> names) throws IOException {
        var wanted = new TreeSet<ImageReference>();
        var sources = new ArrayList<ImageSource>();
        for (var name : names) {
            wanted.add(ImageReference.parse(name));
            sources.add(new ImageSource.FromArchive(archive(name)));
        }
        var request = new Request(new ProjectName("shop"), wanted, AMD64, Pins.NONE);
        return Bundle.collect(request, sources, target, Progress.SILENT);
    }

    private static TreeMap<String, List<Byte>> files(Path place) throws IOException {
        var contents = new TreeMap<String, List<Byte>>();
        for (var file : BundleFiles.at(place).files().entrySet()) {
            var bytes = new ArrayList<Byte>();
            for (var b : file.getValue().small(1 << 20)) {
                bytes.add(b);
            }
            contents.put(file.getKey(), bytes);
        }
        return contents;
    }
}
