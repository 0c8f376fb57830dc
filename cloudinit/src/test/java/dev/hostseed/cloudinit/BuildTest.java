package dev.hostseed.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.Host;
import dev.hostseed.core.image.ImageSource;
import dev.hostseed.core.image.Pins;
import dev.hostseed.core.image.Progress;
import dev.hostseed.core.image.Signer;
import dev.hostseed.core.scan.Search;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BuildTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    @Test
    void equal_input_gives_equal_bytes_whoever_builds_where() throws IOException {
        var one = temporary.resolve("one");
        var other = temporary.resolve("the other/place");
        var first = build(one, List.of("web", "db"));
        prepare(other);
        chmod(other.resolve("runtime/rt/lib/modules"), "rw-rw-rw-");
        chmod(other.resolve("runtime/bin/hostseed"), "rwx------");
        var second = make(other, List.of("web", "db"));

        assertThat(second.iso()).hasSameBinaryContentAs(first.iso());
        assertThat(make(one, List.of("web", "db")).iso()).hasSameBinaryContentAs(second.iso());
    }

    @Test
    void everything_stands_where_the_architecture_says() throws IOException {
        var build = build(temporary, List.of("web"));

        for (var name : List.of("seed.iso", "user-data", "meta-data", "network-config", "hostseed.lock")) {
            assertThat(build.directory().resolve(name)).isRegularFile();
        }
        assertThat(build.directory().resolve("user-data"))
                .hasContent(build.seed().userData());
        assertThat(build.directory().resolve("hostseed.lock"))
                .hasSameBinaryContentAs(build.directory().resolve("bundle/hostseed.lock"));
        assertThat(build.directory().resolve("units/shop-web.service")).isRegularFile();
        assertThat(build.lock().images()).hasSize(1);
    }

    @Test
    void only_its_owner_may_read_the_medium() throws IOException {
        var iso = build(temporary, List.of("web")).iso();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(iso)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_secret_is_on_the_medium_and_nowhere_else() throws IOException {
        prepare(temporary);
        chmod(Files.writeString(temporary.resolve("password"), "hunter2"), "rw-------");
        var host = Inputs.host(Files.writeString(temporary.resolve("compose.yaml"), """
                services: {web: {image: 'example/one:1', secrets: [password]}}
                secrets: {password: {file: password}}
                """));
        var build = make(temporary, host);

        assertThat(holding("hunter2", build.directory())).containsExactly("seed.iso");
        assertThat(build.seed().userData()).doesNotContain("hunter2");
    }

    private static List<String> holding(String text, Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            var holding = new ArrayList<String>();
            for (var file : all.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    holding.add(directory.relativize(file).toString());
                }
            }
            return holding;
        }
    }

    @Test
    void the_units_of_a_service_that_was_removed_do_not_stay() throws IOException {
        var former = build(temporary, List.of("web", "db"));
        assertThat(former.directory().resolve("units/shop-db.service")).exists();

        var build = make(temporary, List.of("web"));

        assertThat(build.directory().resolve("units/shop-db.service")).doesNotExist();
        assertThat(build.directory().resolve("units/shop-web.service")).exists();
        assertThat(build.seed().metaData()).isNotEqualTo(former.seed().metaData());
    }

    private static Build build(Path place, List<String> services) throws IOException {
        prepare(place);
        return make(place, services);
    }

    private static void prepare(Path place) throws IOException {
        Files.createDirectories(place);
        Inputs.archive(place.resolve("one.tar"));
        Inputs.runtime(place.resolve("runtime"));
    }

    private static Build make(Path place, List<String> services) throws IOException {
        return make(place, Inputs.shop(place, services));
    }

    private static Build make(Path place, Host host) throws IOException {
        return Build.make(
                host,
                Pins.NONE,
                Search.OFF,
                List.of(new ImageSource.FromArchive(place.resolve("one.tar"))),
                place.resolve("runtime"),
                place.resolve("dist"),
                Signer.NONE,
                Progress.SILENT);
    }

    private static void chmod(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
