package dev.hostseed.systemd.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// That a job ended well, so that it need not be done again as long as its definition stays the same.
///
/// @param file which outlives a reboot; whoever removes it has the job done again
record Stamp(Path file, String definition) {

    static Stamp of(Surroundings around, ContainerDefinition definition) {
        return new Stamp(around.done().resolve(RunFiles.nameOf(definition)), definition.config());
    }

    boolean isSet() throws IOException {
        return Files.exists(file) && Files.readString(file).equals(definition);
    }

    void set() throws IOException {
        var directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        var made = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(made, definition);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
