package dev.hostseed.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.TargetPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FileTreeTest {
    private static final TargetPath UNIT = new TargetPath("/etc/systemd/system/web.service");
    private static final FileContent TEXT = FileContent.readable("[Unit]\n");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    @Test
    void what_is_written_is_what_is_read() throws IOException {
        var files = new TreeMap<TargetPath, FileContent>();
        files.put(UNIT, TEXT);
        files.put(new TargetPath("/var/secret"), FileContent.secret("x"));
        files.put(new TargetPath("/usr/bin/su"), new FileContent.Held(Bytes.of("x"), new FileMode(04755)));
        files.put(new TargetPath("/etc/on"), new FileContent.Link("systemd/system/web.service"));

        var written = FileTree.write(files, root);

        assertThat(written).isEqualTo(files.keySet());
        var read = new TreeMap<TargetPath, FileContent>();
        FileTree.read(root).forEach((path, content) -> read.put(new TargetPath("/" + path), content));
        assertThat(read).isEqualTo(files);
    }

    @Test
    void a_disk_without_modes_takes_files_too() throws IOException {
        try (var disk = Jimfs.newFileSystem(Configuration.unix())) {
            var memory = disk.getPath("/out");

            FileTree.write(one(UNIT, TEXT), memory);

            assertThat(FileTree.read(memory)).isEqualTo(Map.of("etc/systemd/system/web.service", TEXT));
        }
    }

    @Test
    void a_large_file_is_copied() throws IOException {
        var source = Files.write(root.resolve("source"), new byte[200_000]);

        var large = one(new TargetPath("/large"), new FileContent.Copied(source, FileMode.READABLE));

        assertThat(FileTree.write(large, root)).hasSize(1);
        assertThat(root.resolve("large")).hasSameBinaryContentAs(source);
        assertThat(FileTree.write(large, root)).isEmpty();
    }

    @Test
    void what_is_already_there_is_left_alone() throws IOException {
        FileTree.write(one(UNIT, TEXT), root);
        var before = Files.getLastModifiedTime(UNIT.under(root));

        assertThat(FileTree.write(one(UNIT, TEXT), root)).isEmpty();

        assertThat(Files.getLastModifiedTime(UNIT.under(root))).isEqualTo(before);
    }

    @Test
    void another_mode_alone_is_a_change() throws IOException {
        FileTree.write(one(UNIT, TEXT), root);

        assertThat(FileTree.write(one(UNIT, FileContent.secret("[Unit]\n")), root))
                .containsExactly(UNIT);
        assertThat(Modes.of(UNIT.under(root), FileMode.READABLE)).isEqualTo(FileMode.SECRET);
    }

    @Test
    void a_link_in_the_place_of_a_file_is_refused_and_what_it_leads_to_untouched() throws IOException {
        var victim = Files.writeString(root.resolve("victim"), "mine");
        Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.createSymbolicLink(UNIT.under(root), victim);

        assertThatThrownBy(() -> FileTree.write(one(UNIT, TEXT), root))
                .isInstanceOf(ObstructedException.class)
                .hasMessageContaining("a symbolic link, not a file");

        assertThat(victim).hasContent("mine");
    }

    @Test
    void a_link_in_the_place_of_a_directory_is_refused() throws IOException {
        Files.createDirectories(root.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("etc"), root.resolve("elsewhere"));

        assertThatThrownBy(() -> FileTree.write(one(UNIT, TEXT), root)).isInstanceOf(ObstructedException.class);

        assertThat(root.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void one_file_in_the_way_leaves_all_others_as_they_are() throws IOException {
        Files.createDirectories(root.resolve("z"));
        var files = one(UNIT, TEXT);
        files.put(new TargetPath("/z"), TEXT);

        assertThatThrownBy(() -> FileTree.write(files, root))
                .isInstanceOf(ObstructedException.class)
                .hasMessageContaining("a directory, not a file");

        assertThat(root.resolve("etc")).doesNotExist();
    }

    @Test
    void what_a_killed_run_has_left_is_cleared_away() throws IOException {
        assertThatThrownBy(() -> FileTree.write(one(UNIT, TEXT), root, new StoppedDisk()))
                .isInstanceOf(IOException.class);
        assertThat(FileTree.list(root)).hasSize(1);

        FileTree.write(one(UNIT, FileContent.readable("other")), root);

        assertThat(FileTree.list(root).keySet()).containsExactly("etc/systemd/system/web.service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "077"})
    void modes_do_not_depend_on_the_umask(String umask) throws Exception {
        var command = "umask " + umask + "; exec \"$0\" -cp \"$1\" \"$2\" \"$3\"";
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        command,
                        java,
                        System.getProperty("java.class.path"),
                        UnderUmask.class.getName(),
                        root.toString())
                .inheritIO()
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isZero();
        assertThat(Modes.of(UNIT.under(root), FileMode.SECRET)).isEqualTo(FileMode.READABLE);
        assertThat(Modes.of(root.resolve("etc/systemd"), FileMode.SECRET)).isEqualTo(FileMode.EXECUTABLE);
        assertThat(Modes.of(root.resolve("secret"), FileMode.READABLE)).isEqualTo(FileMode.SECRET);
    }

    /// A disk that names nothing, and removes nothing: as if the process had gone.
    private static final class StoppedDisk implements Disk {
        @Override
        public void makeDirectory(Path directory, FileMode mode) throws IOException {
            Disk.real().makeDirectory(directory, mode);
        }

        @Override
        public void create(Path file, Content content, FileMode mode) throws IOException {
            Disk.real().create(file, content, mode);
        }

        @Override
        public void link(Path link, String target) {}

        @Override
        public void rename(Path from, Path to) throws IOException {
            throw new IOException("stopped");
        }

        @Override
        public void delete(Path path) {}

        @Override
        public void sync(Path directory) {}
    }

    /// What a process with another umask does.
    static final class UnderUmask {
        private UnderUmask() {}

        static void main(String[] arguments) throws IOException {
            var files = one(UNIT, TEXT);
            files.put(new TargetPath("/secret"), FileContent.secret("x"));
            FileTree.write(files, Path.of(arguments[0]));
        }
    }

    private static SortedMap<TargetPath, FileContent> one(TargetPath path, FileContent content) {
        var files = new TreeMap<TargetPath, FileContent>();
        files.put(path, content);
        return files;
    }
}
