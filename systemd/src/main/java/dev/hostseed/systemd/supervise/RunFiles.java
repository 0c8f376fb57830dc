package dev.hostseed.systemd.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the supervisor leaves for whoever comes after it, until the next boot.
///
/// @param mark exists if a stop was asked for
/// @param container holds the id of the container last supervised
record RunFiles(Path mark, Path container) {

    static RunFiles of(Surroundings around, ContainerDefinition definition) {
        var service = Labels.find(definition.create(), Labels.SERVICE);
        return new RunFiles(
                around.run().resolve(service + ".stopping"), around.run().resolve(service + ".container"));
    }

    boolean stopWasAskedFor() {
        return Files.exists(mark);
    }

    void askForStop() throws IOException {
        write(mark, "");
    }

    void remember(String containerId) throws IOException {
        write(container, containerId);
    }

    /// The id that [#remember] got, or nothing.
    String remembered() throws IOException {
        return Files.exists(container) ? Files.readString(container) : "";
    }

    void forgetStop() throws IOException {
        Files.deleteIfExists(mark);
    }

    void forgetAll() throws IOException {
        forgetStop();
        Files.deleteIfExists(container);
    }

    private static void write(Path file, String text) throws IOException {
        var directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, text);
    }
}
