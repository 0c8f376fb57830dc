package dev.hostseed.systemd.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.TargetPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `systemd-analyze verify`, of this system and of every root directory that `HOSTSEED_SYSTEMD_ROOTS` names, colons
/// between them. It ends with 0 even if it warns: anything it prints is a failure.
@DisplayNameGeneration(ReplaceUnderscores.class)
class VerifiedUnitsIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    static Stream<Host> hosts() {
        return Stream.of(Hosts.alone(), Hosts.shop(), Hosts.scaled(), Hosts.awkward());
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void systemd_has_nothing_to_say_about_any_unit(Host host) throws Exception {
        Tool.require(Files.isExecutable(Tool.systemdAnalyze()), "systemd-analyze");

        assertThat(verify("", ProjectUnits.render(host))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void other_systemds_have_nothing_to_say_either(Host host) throws Exception {
        var roots = Objects.requireNonNullElse(System.getenv("HOSTSEED_SYSTEMD_ROOTS"), "");
        assumeFalse(roots.isEmpty(), "HOSTSEED_SYSTEMD_ROOTS names no other systemd");

        for (var root : roots.split(":", 0)) {
            assertThat(verify(root, ProjectUnits.render(host))).as(root).isEmpty();
        }
    }

    @Test
    void systemd_is_heard_if_it_has_something_to_say() throws Exception {
        Tool.require(Files.isExecutable(Tool.systemdAnalyze()), "systemd-analyze");
        var files = new TreeMap<TargetPath, FileContent>();
        var misspelt = "[Service]\nExecStart=/bin/sh\nExecStartPots=/bin/sh\n";
        files.put(ProjectUnits.DIRECTORY.resolve("x.service"), FileContent.readable(misspelt));

        assertThat(verify("", files)).contains("ExecStartPots");
    }

    /// @param root of the systemd to ask; empty for this system's
    private String verify(String root, SortedMap<TargetPath, FileContent> units)
            throws IOException, InterruptedException {
        var host = Files.createTempDirectory(root.isEmpty() ? directory : Path.of(root, "tmp"), "host");
        var files = new TreeMap<>(units);
        var stub = new FileContent.Held(Bytes.of("#!/bin/true\n"), FileMode.EXECUTABLE);
        files.put(new TargetPath("/opt/hostseed/current/bin/hostseed"), stub);
        files.put(new TargetPath("/bin/sh"), stub);
        var docker = "[Service]\nExecStart=/bin/sh\n";
        files.put(ProjectUnits.DIRECTORY.resolve("docker.service"), FileContent.readable(docker));
        FileTree.write(files, host);
        copy(Path.of(root + "/usr/lib/systemd/system"), host.resolve("usr/lib/systemd/system"));

        var seen = root.isEmpty() ? host.toString() : host.toString().substring(root.length());
        var command = new ArrayList<>(root.isEmpty() ? List.<String>of() : List.of("chroot", root));
        command.addAll(List.of("systemd-analyze", "--root=" + seen, "--man=no", "verify"));
        for (var path : units.keySet()) {
            var name = path.value().substring(ProjectUnits.DIRECTORY.value().length() + 1);
            if (!name.contains("/")) {
                command.add(name);
            }
        }
        return Tool.output(command);
    }

    private static void copy(Path from, Path to) throws IOException {
        var files = new TreeMap<TargetPath, FileContent>();
        FileTree.read(from).forEach((name, content) -> {
            if (!(content instanceof FileContent.Link(var target) && target.startsWith("/"))) { // a masked unit
                files.put(new TargetPath("/" + name), content);
            }
        });
        FileTree.write(files, to);
    }
}
