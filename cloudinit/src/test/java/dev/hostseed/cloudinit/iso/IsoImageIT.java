package dev.hostseed.cloudinit.iso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.cloudinit.Tool;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others read in an image: Linux, libcdio's and cdrkit's readers, blkid.
@DisplayNameGeneration(ReplaceUnderscores.class)
class IsoImageIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    @Test
    void every_byte_mode_and_link_of_random_trees_is_read_back() throws Exception {
        for (int seed = 0; seed < 8; seed++) {
            var files = randomTree(new Random(seed));
            var image = temporary.resolve("random.iso");
            IsoImage.write(files, "CIDATA", image);
            var what = "seed " + seed;
            read(image, at -> assertSame(files, at, what));
        }
    }

    @Test
    void a_file_of_more_than_four_gigabytes_is_read_back_whole() throws Exception {
        var large = temporary.resolve("large");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(4_613_734_401L);
            file.seek(0xFFFF_F7FEL);
            file.write("across the extents".getBytes(StandardCharsets.US_ASCII));
            file.seek(file.length() - 3);
            file.write(new byte[] {'e', 'n', 'd'});
        }
        var files = new TreeMap<String, FileContent>();
        files.put("large", new FileContent.Copied(large, FileMode.READABLE));
        files.put("next", FileContent.readable("next"));
        var image = temporary.resolve("large.iso");
        IsoImage.write(files, "CIDATA", image);
        read(image, at -> {
            Tool.run("cmp", large.toString(), at.resolve("large").toString());
            assertThat(at.resolve("next")).hasContent("next");
        });
    }

    @Test
    void blkid_finds_the_label() throws Exception {
        Tool.require("blkid", "--version");
        var image = written();

        assertThat(Tool.run("blkid", "-p", image.toString())).contains("LABEL=\"CIDATA\"", "TYPE=\"iso9660\"");
    }

    @Test
    void isoinfo_finds_the_true_names_in_both_trees() throws Exception {
        Tool.require("isoinfo", "--version");
        var image = written();

        assertThat(Tool.run("isoinfo", "-R", "-f", "-i", image.toString()).lines())
                .contains("/user-data", "/hostseed/a-long-name_1.2.3+amd64.tar.zst", "/hostseed/link");
        assertThat(Tool.run("isoinfo", "-J", "-f", "-i", image.toString()).lines())
                .contains("/user-data", "/hostseed/a-long-name_1.2.3+amd64.tar.zst");
        assertThat(Tool.run("isoinfo", "-f", "-i", image.toString()).lines()).contains("/USER_DAT.;1", "/USER_000.;1");
    }

    @Test
    void xorriso_reads_it_without_a_complaint() throws Exception {
        Tool.require("xorriso", "-version");
        var image = written();

        var output =
                Tool.run("xorriso", "-abort_on", "SORRY", "-indev", image.toString(), "-find", "/", "-exec", "lsdl");

        assertThat(output)
                .contains("-r-xr-xr-x", "'/hostseed/bin/run'", "'/hostseed/link' -> '../user-data'")
                .doesNotContain("SORRY", "FAILURE", "WARNING");
    }

    @Test
    void long_names_are_whole_with_rock_ridge_and_cut_in_joliet() throws Exception {
        Tool.require("isoinfo", "--version");
        Tool.require("xorriso", "-version");
        for (int seed = 0; seed < 8; seed++) {
            var random = new Random(seed);
            var files = new TreeMap<String, FileContent>();
            for (int i = 0; i < 60; i++) {
                var directory = random.nextBoolean() ? "" : LongNames.random(new Random(seed)) + "/";
                files.put(directory + LongNames.random(random) + i, randomContent(random));
            }
            var image = temporary.resolve("long.iso");
            IsoImage.write(files, "CIDATA", image);
            var what = "seed " + seed;

            read(image, at -> assertSame(files, at, what));
            assertThat(filesIn(image, "-R")).as(what).containsExactlyInAnyOrderElementsOf(files.keySet());
            assertThat(Tool.run("xorriso", "-indev", image.toString(), "-find", "/", "-type", "f")
                            .lines())
                    .as(what)
                    .containsAll(quoted(files));
            assertThat(filesIn(image, "-J"))
                    .as(what)
                    .hasSameSizeAs(files.keySet())
                    .allSatisfy(path -> assertThat(path.split("/")).allMatch(name -> name.length() <= 64));
        }
    }

    /// The paths of files that isoinfo lists of the tree which `options` name; it shows directories too.
    private static List<String> filesIn(Path image, String... options) throws Exception {
        var command = new ArrayList<>(List.of("isoinfo", "-f", "-i", image.toString()));
        command.addAll(List.of(options));
        var paths = Tool.run(command.toArray(String[]::new))
                .lines()
                .map(path -> path.substring(1))
                .toList();
        return paths.stream()
                .filter(path -> paths.stream().noneMatch(other -> other.startsWith(path + "/")))
                .toList();
    }

    private static List<String> quoted(SortedMap<String, FileContent> files) {
        return files.entrySet().stream()
                .filter(file -> !(file.getValue() instanceof FileContent.Link))
                .map(file -> "'/" + file.getKey() + "'")
                .toList();
    }

    private Path written() throws IOException {
        var files = new TreeMap<String, FileContent>();
        files.put("user-data", FileContent.readable("#cloud-config\n"));
        files.put("user-date", FileContent.readable(""));
        files.put("hostseed/a-long-name_1.2.3+amd64.tar.zst", FileContent.readable("x".repeat(5000)));
        files.put("hostseed/bin/run", new FileContent.Held(Bytes.of("#!/bin/sh\n"), FileMode.EXECUTABLE));
        files.put("hostseed/link", new FileContent.Link("../user-data"));
        var image = temporary.resolve("seed.iso");
        IsoImage.write(files, "CIDATA", image);
        return image;
    }

    /// The image's tree as files: mounted where the kernel can, which takes root; else as xorriso extracts it.
    private void read(Path image, Check check) throws Exception {
        var at = Files.createDirectories(temporary.resolve("read"));
        if (isMountable()) {
            Tool.run("mount", "-t", "iso9660", "-o", "loop,ro", image.toString(), at.toString());
            try {
                check.on(at);
            } finally {
                Tool.run("umount", at.toString());
            }
        } else {
            Tool.require("xorriso", "-version");
            Tool.run("xorriso", "-osirrox", "on", "-indev", image.toString(), "-extract", "/", at.toString());
            try {
                check.on(at);
            } finally {
                Tool.run("chmod", "-R", "u+w", at.toString());
                Tool.run("rm", "-rf", at.toString());
            }
        }
    }

    private static boolean isMountable() throws Exception {
        return Files.readString(Path.of("/proc/filesystems")).contains("iso9660")
                && Tool.works("sh", "-c", "[ \"$(id -u)\" = 0 ] && losetup -f");
    }

    @FunctionalInterface
    private interface Check {
        void on(Path tree) throws Exception;
    }

    private static void assertSame(SortedMap<String, FileContent> files, Path at, String what) throws IOException {
        try (var found = Files.walk(at)) {
            assertThat(found.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                            .map(path -> at.relativize(path).toString()))
                    .as(what)
                    .containsExactlyInAnyOrderElementsOf(files.keySet());
        }
        for (var file : files.entrySet()) {
            var path = at.resolve(file.getKey());
            switch (file.getValue()) {
                case FileContent.Link(var target) ->
                    assertThat(Files.readSymbolicLink(path)).as(what).hasToString(target);
                case FileContent.Held(var bytes, var mode) -> {
                    assertThat(path).as(what).hasBinaryContent(bytes.toArray());
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .as(what)
                            .isEqualTo(mode.equals(FileMode.EXECUTABLE) ? "r-xr-xr-x" : "r--------");
                    assertThat(Files.getAttribute(path, "unix:uid")).isEqualTo(0);
                }
                case FileContent.Copied copied -> throw new IllegalStateException(copied.toString());
            }
        }
    }

    private static SortedMap<String, FileContent> randomTree(Random random) {
        var files = new TreeMap<String, FileContent>();
        for (int i = 0; i < 400; i++) {
            var path = new StringBuilder();
            for (int depth = random.nextInt(14); depth > 0; depth--) {
                path.append("d").append(random.nextInt(3)).append('/');
            }
            files.put(path + randomName(random) + i, randomContent(random));
        }
        return files;
    }

    private static String randomName(Random random) {
        var letters = "abAB09._-+~ %$\\\"'éß漢🚀";
        var name = new StringBuilder("f");
        for (int i = random.nextInt(22); i > 0; i--) {
            var at = letters.offsetByCodePoints(0, random.nextInt(letters.codePointCount(0, letters.length())));
            name.appendCodePoint(letters.codePointAt(at));
        }
        return name.toString();
    }

    private static FileContent randomContent(Random random) {
        if (random.nextInt(5) == 0) {
            var target = random.nextBoolean() ? "/" : "../";
            return new FileContent.Link(
                    target + "part/".repeat(random.nextInt(100)) + "x".repeat(1 + random.nextInt(255)));
        }
        var bytes = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(9000)];
        random.nextBytes(bytes);
        return new FileContent.Held(Bytes.of(bytes), random.nextBoolean() ? FileMode.EXECUTABLE : FileMode.SECRET);
    }
}
