package dev.hostseed.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hostseed.cli.host.HostMain;
import dev.hostseed.cli.host.Version;
import dev.hostseed.cli.rehearsal.Rehearsal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The distribution as it is shipped: it must run from any path, on any processor, where nothing can be unpacked, and
/// not at all when it was put together from two.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DistributionIT {
    private static final Path HOME = Path.of(System.getProperty("hostseed.home"));

    @TempDir
    private Path directory;

    @Test
    void says_its_version_as_people_expect() throws Exception {
        assertThat(run(HOME.resolve("bin/hostseed").toString(), "--version"))
                .isEqualTo(new Ended(0, "hostseed " + Version.TEXT + "\n"));
    }

    @Test
    void runs_from_a_copy_at_any_path_and_through_a_link() throws Exception {
        var copy = copy("a directory");
        var link = Files.createSymbolicLink(directory.resolve("hostseed"), copy.resolve("bin/hostseed"));

        assertThat(run(link.toString(), "--version")).isEqualTo(new Ended(0, "hostseed " + Version.TEXT + "\n"));
    }

    @Test
    void refuses_to_run_with_a_runtime_that_its_cache_was_not_made_from() throws Exception {
        var copy = copy("mixed");
        Files.writeString(copy.resolve("rt/build-id"), "0123456789abcdef\n");

        var ended = run(copy.resolve("bin/hostseed").toString(), "--version");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("a mixed installation");
    }

    @Test
    void does_without_its_cache_where_its_classes_are_not_those() throws Exception {
        var copy = copy("changed");
        Files.write(copy.resolve("rt/lib/modules"), new byte[] {0}, StandardOpenOption.APPEND);

        var ended = run(copy.resolve("bin/hostseed").toString(), "--version");

        assertThat(ended.code()).isZero();
        assertThat(ended.output()).contains("AOT cache").endsWith("hostseed " + Version.TEXT + "\n");
    }

    @Test
    void its_class_cache_fits_its_runtime() throws Exception {
        assertThat(java("-XX:AOTMode=on", "-Xmx16m", main(HostMain.class), "--version"))
                .isEqualTo(new Ended(0, "hostseed " + Version.TEXT + "\n"));
    }

    @Test
    void its_class_cache_holds_no_code_that_a_processor_without_avx_cannot_run() throws Exception {
        assertThat(rehearsal("-XX:UseAVX=0")).extracting(Ended::code).isEqualTo(0);
    }

    @Test
    void works_without_its_class_cache() throws Exception {
        assertThat(rehearsal("-XX:AOTMode=off")).extracting(Ended::code).isEqualTo(0);
    }

    @Test
    void unpacks_nothing_so_that_tmp_may_be_noexec_and_there_need_be_no_home() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) || System.getenv("CI") != null, "needs root, to mount");
        var prepare = javaWords(main(Rehearsal.class), "prepare", "/tmp/stage");
        var play = javaWords("-Duser.home=/proc", "-Xmx32m", main(Rehearsal.class), "play", "/tmp/stage");
        var script = String.join(
                "; ",
                "mount -t tmpfs -o noexec tmpfs /tmp",
                "mkdir /tmp/stage",
                "export HOME=/proc NOTIFY_SOCKET=/tmp/stage/notify",
                String.join(" ", prepare),
                String.join(" ", play));

        assertThat(run("unshare", "-m", "sh", "-ec", script))
                .extracting(Ended::code)
                .isEqualTo(0);
    }

    @Test
    void works_in_a_root_that_is_no_mount_point_as_those_are_that_packer_prepares() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) || System.getenv("CI") != null, "needs root, to mount");
        var root = Files.createDirectories(directory.resolve("root")).toString();
        var script = String.join(
                "; ",
                "mkdir -p " + root + "/usr " + root + "/proc " + root + "/dev " + root + "/stage " + root + HOME,
                "for name in bin lib lib64; do ln -s usr/$name " + root + "/$name; done",
                "mount --bind /usr " + root + "/usr",
                "mount --bind /dev " + root + "/dev",
                "mount -t proc proc " + root + "/proc",
                "mount --bind " + HOME + " " + root + HOME,
                "export NOTIFY_SOCKET=/stage/notify",
                "chroot " + root + " " + String.join(" ", javaWords(main(Rehearsal.class), "prepare", "/stage")),
                "chroot " + root + " "
                        + String.join(" ", javaWords("-Xmx32m", main(Rehearsal.class), "play", "/stage")));

        assertThat(run("unshare", "-m", "sh", "-ec", script))
                .extracting(Ended::code)
                .isEqualTo(0);
    }

    /// The host verbs, with one more option for the runtime.
    private Ended rehearsal(String option) throws Exception {
        var stage = stage();
        return java(option, "-Xmx32m", main(Rehearsal.class), "play", stage);
    }

    private String stage() throws Exception {
        var stage = Files.createDirectories(directory.resolve("stage")).toString();
        assertThat(java(main(Rehearsal.class), "prepare", stage).code()).isZero();
        return stage;
    }

    private Path copy(String name) throws Exception {
        var copy = directory.resolve(name);
        assertThat(run("cp", "-a", HOME.toString(), copy.toString()).code()).isZero();
        return copy;
    }

    private static Ended java(String... words) throws Exception {
        return run(javaWords(words).toArray(String[]::new));
    }

    private static List<String> javaWords(String... words) {
        var all = new ArrayList<String>();
        all.add(HOME.resolve("rt/bin/java").toString());
        all.add("-XX:AOTCache=" + HOME.resolve("hostseed.aot"));
        all.addAll(List.of(words));
        return all;
    }

    private static String main(Class<?> type) {
        return "--module=hostseed/" + type.getName();
    }

    private record Ended(int code, String output) {}

    private static Ended run(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
