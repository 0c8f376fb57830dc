package dev.hostseed.systemd.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the supervisor leaves for whoever comes after it, until the next boot.
///
/// @param mark exists if a stop was asked for
/// @param container holds the id of the container last supervised
/// @param hooked holds the id of the one in which all hooks after its start ended well
record RunFiles(Path mark, Path container, Path hooked) {

    static RunFiles of(Surroundings around, ContainerDefinition definition) {
        var name = nameOf(definition);
        return new RunFiles(
                around.run().resolve(name + ".stopping"),
                around.run().resolve(name + ".container"),
                around.run().resolve(name + ".hooked"));
    }

    /// As its unit and its definition are called within the project: `web`, or `web@2`.
    static String nameOf(ContainerDefinition definition) {
        var service = Labels.find(definition.create(), Labels.SERVICE);
        var instance = Labels.find(definition.create(), Labels.INSTANCE);
        return instance.isEmpty() ? service : service + "@" + instance;
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
        return read(container);
    }

    void rememberHooks(String containerId) throws IOException {
        write(hooked, containerId);
    }

    boolean hooksRanIn(String containerId) throws IOException {
        return read(hooked).equals(containerId);
    }

    void forgetStop() throws IOException {
        Files.deleteIfExists(mark);
    }

    void forgetAll() throws IOException {
        forgetStop();
        Files.deleteIfExists(container);
        Files.deleteIfExists(hooked);
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static void write(Path file, String text) throws IOException {
        var directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, text);
    }
}
