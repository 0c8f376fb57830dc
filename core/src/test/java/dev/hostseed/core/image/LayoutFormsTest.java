package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/// Image layouts as other tools write them.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LayoutFormsTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");

    private FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private Path work = disk.getPath("/work");
    private byte[] amd = {};
    private byte[] arm = {};

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(work);
        amd = TestImages.layer("bin/sh", "for amd64");
        arm = TestImages.layer("bin/sh", "for arm64");
    }

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    @Test
    void of_an_index_with_several_platforms_the_right_one_is_taken() throws IOException {
        var name = "docker.io/library/redis:7.4";
        var files = new LinkedHashMap<>(TestImages.layout(name, "arm64", List.of(arm)));
        var ofArm = entries(files);
        files.putAll(TestImages.layout(name, "amd64", List.of(amd)));
        var inner = index(List.of(ofArm, entries(files)));
        files.put(TestImages.blob(inner), inner);
        var outer = TestImages.descriptor("application/vnd.oci.image.index.v1+json", inner)
                .with("annotations", Data.mapping().with("io.containerd.image.name", name));
        files.put("index.json", index(List.of(outer)));
        TestImages.write(work.resolve("several"), files);

        assertThat(first(collect("several", "redis:7.4"))).isEqualTo(Digest.of(amd));
        assertThat(first(collect("several", "redis@" + Digest.of(inner)))).isEqualTo(Digest.of(amd));
    }

    @Test
    void a_tag_alone_goes_with_what_the_layout_is_called() throws IOException {
        for (var place : List.of("redis", "redis.tar", "redis.oci.tar.gz")) {
            var files = tagged("7.4");
            if (place.equals("redis")) {
                TestImages.write(work.resolve(place), files);
            } else {
                var tar = TestImages.tar(files);
                Files.write(work.resolve(place), place.endsWith(".gz") ? TestImages.gzip(tar) : tar);
            }

            assertThat(first(collect(place, "redis:7.4"))).as(place).isEqualTo(Digest.of(amd));
            assertThat(first(collect(place, "registry.example/library/redis:7.4")))
                    .isEqualTo(Digest.of(amd));
            assertThatThrownBy(() -> collect(place, "redis:7.2")).isInstanceOf(BadBundleException.class);
            assertThatThrownBy(() -> collect(place, "valkey:7.4")).isInstanceOf(BadBundleException.class);
        }
    }

    @Test
    void a_whole_name_is_not_taken_for_another_because_of_where_it_lies() throws IOException {
        TestImages.write(work.resolve("redis"), TestImages.layout("example/web:7.4", "amd64", List.of(amd)));

        assertThatThrownBy(() -> collect("redis", "redis:7.4")).isInstanceOf(BadBundleException.class);
    }

    private Map<String, byte[]> tagged(String tag) throws IOException {
        var files = new LinkedHashMap<>(TestImages.layout("unnamed", "amd64", List.of(amd)));
        var entry = entries(files).with("annotations", Data.mapping().with("org.opencontainers.image.ref.name", tag));
        files.put("index.json", index(List.of(entry)));
        return files;
    }

    /// The only entry of the index in `files`.
    private static Data.Mapping entries(Map<String, byte[]> files) throws IOException {
        var index = Json.readMapping(files.getOrDefault("index.json", new byte[0]));
        return (Data.Mapping)
                ((Data.Sequence) index.find("manifests").orElseThrow()).items().getFirst();
    }

    private static byte[] index(List<Data> entries) {
        return Json.compact(Data.mapping().with("schemaVersion", 2).with("manifests", new Data.Sequence(entries)));
    }

    private static Digest first(Lock lock) {
        return lock.images().getFirst().layers().getFirst().plain().digest();
    }

    private Lock collect(String place, String image) throws IOException {
        var wanted = new TreeSet<>(List.of(ImageReference.parse(image)));
        return Bundle.collect(
                new Request(new ProjectName("shop"), wanted, AMD64, Pins.NONE),
                List.of(new ImageSource.FromArchive(work.resolve(place))),
                Target.directory(work.resolve("bundle")),
                Progress.SILENT);
    }
}
