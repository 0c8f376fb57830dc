package dev.hostseed.cloudinit.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.FileMode;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IsoImageTest {
    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private final Path image = disk.getPath("/seed.iso");

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    @Test
    void the_same_files_give_the_same_bytes() throws IOException {
        write("a", "b/c");
        var first = Files.readAllBytes(image);
        write("b/c", "a");

        assertThat(Files.readAllBytes(image)).isEqualTo(first).hasSizeGreaterThan(16 * 2048);
    }

    @Test
    void a_name_that_linux_would_cut_is_refused() throws IOException {
        write("é".repeat(126) + "x");

        assertThatThrownBy(() -> write("é".repeat(127)))
                .isInstanceOf(UnfitForIsoException.class)
                .hasMessageContaining("253 bytes");
    }

    @Test
    void names_that_are_one_in_joliet_are_refused() {
        assertThatThrownBy(() -> write("a:b", "a*b"))
                .isInstanceOf(UnfitForIsoException.class)
                .hasMessage("'a*b' and 'a:b' have one name on the medium");
    }

    @Test
    void a_path_that_is_a_file_and_a_directory_is_refused() {
        assertThatThrownBy(() -> write("a", "a/b")).isInstanceOf(UnfitForIsoException.class);
    }

    @Test
    void a_path_that_leads_out_of_the_image_is_refused() {
        for (var path : new String[] {"/a", "../a", "a//b", "a/./b", ""}) {
            assertThatThrownBy(() -> write(path)).as(path).isInstanceOf(UnfitForIsoException.class);
        }
    }

    @Test
    void the_old_image_stays_when_a_file_cannot_be_read() throws IOException {
        Files.writeString(image, "old");
        var files = new TreeMap<String, FileContent>();
        files.put("a", new FileContent.Copied(disk.getPath("/missing"), FileMode.READABLE));

        assertThatThrownBy(() -> IsoImage.write(files, "CIDATA", image)).isInstanceOf(IOException.class);
        assertThat(image).hasContent("old");
        assertThat(disk.getPath("/seed.iso.part")).doesNotExist();
    }

    private void write(String... paths) throws IOException {
        var files = new TreeMap<String, FileContent>();
        for (var path : paths) {
            files.put(path, FileContent.readable("content of " + path));
        }
        IsoImage.write(files, "CIDATA", image);
    }
}
