package dev.hostseed.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.host.ImageBuild.Dockerfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BuildContextTest {
    @TempDir
    private Path context = Path.of("/nonexistent");

    @Test
    void files_travel_with_their_modes_times_and_links() throws IOException {
        write("Dockerfile", "FROM scratch");
        var run = write("bin/run", "#!/bin/sh");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(run, FileTime.fromMillis(1_000_999));
        Files.createSymbolicLink(context.resolve("link"), Path.of("bin/run"));
        Files.createSymbolicLink(context.resolve("nowhere"), Path.of("../gone"));

        var members = members(true);

        assertThat(members).containsOnlyKeys("Dockerfile", "bin/", "bin/run", "link", "nowhere");
        assertThat(members.get("bin/run")).startsWith("0 750 9  00000001750");
        assertThat(members.get("link")).startsWith("2 777 0 bin/run ");
        assertThat(members.get("nowhere")).startsWith("2 777 0 ../gone ");
    }

    @Test
    void names_that_are_long_or_not_ascii_stay_whole() throws IOException {
        var deep = "d".repeat(90) + "/" + "f".repeat(200);
        write("Dockerfile", "");
        write(deep, "deep");
        write("größe", "5");
        Files.createSymbolicLink(context.resolve("to"), Path.of(deep));

        var members = members(false);

        assertThat(members).containsKeys(deep, "größe", "to");
        assertThat(members.get("to")).contains(deep);
    }

    @Test
    void what_is_ignored_stays_but_for_what_the_builder_itself_reads() throws IOException {
        write("Dockerfile", "");
        write(".dockerignore", "*\n!app\napp/*.log\n");
        write("app/main", "");
        write("app/a.log", "");
        write("notes", "");

        assertThat(members(false)).containsOnlyKeys(".dockerignore", "Dockerfile", "app/", "app/main");
    }

    @Test
    void a_dockerfile_may_have_rules_of_its_own() throws IOException {
        write(".dockerignore", "a");
        write("web.Dockerfile", "");
        write("web.Dockerfile.dockerignore", "b");
        write("a", "");
        write("b", "");

        var members = members(new Dockerfile.File(context.resolve("web.Dockerfile")), false);

        assertThat(members).containsKey("a").doesNotContainKey("b");
    }

    @Test
    void a_dockerfile_that_is_not_of_the_context_is_added_and_hidden() throws IOException {
        write("a", "");
        write(".dockerignore", "x");
        var inline = BuildContext.of(TestBuilds.of(context, new Dockerfile.Inline("FROM scratch\n")));

        var tar = bytes(inline);

        assertThat(Tars.members(tar, false)).containsOnlyKeys("a", ".dockerignore", inline.dockerfile());
        assertThat(new String(tar, StandardCharsets.UTF_8)).contains("x\n" + inline.dockerfile() + "\n");
    }

    @Test
    void what_is_not_there_is_told_with_the_place_that_names_it() throws IOException {
        assertThatThrownBy(() -> members(false))
                .isInstanceOf(UnbuildableException.class)
                .hasMessageStartingWith("compose.yaml:3:5: cannot build shop-web:latest: there is no file ");
        write("Dockerfile", "");
        write(".dockerignore", "[");
        assertThatThrownBy(() -> members(false)).hasMessageContaining(".dockerignore: '[' is not a pattern");
        var gone = TestBuilds.of(context.resolve("gone"), new Dockerfile.Inline(""));
        assertThatThrownBy(() -> BuildContext.of(gone)).hasMessageContaining("there is no directory ");
    }

    private Path write(String name, String text) throws IOException {
        var file = context.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private SortedMap<String, String> members(boolean timed) throws IOException {
        return members(new Dockerfile.File(context.resolve("Dockerfile")), timed);
    }

    private SortedMap<String, String> members(Dockerfile dockerfile, boolean timed) throws IOException {
        return Tars.members(bytes(BuildContext.of(TestBuilds.of(context, dockerfile))), timed);
    }

    static byte[] bytes(BuildContext context) throws IOException {
        var tar = new ByteArrayOutputStream();
        context.writeTo(tar);
        return tar.toByteArray();
    }
}
