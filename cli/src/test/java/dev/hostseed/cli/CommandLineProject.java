package dev.hostseed.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A project with one service, of the image `example/web:1`, whose images lie beside its Compose file as `docker save`
/// writes them; and the distribution's `hostseed`, called there.
final class CommandLineProject {
    private static final List<String> PROGRESS = List.of("verifying ", "collecting ", "searching ", "reading ");

    private final Path directory;

    private CommandLineProject(Path directory) {
        this.directory = directory;
    }

    static CommandLineProject in(Path directory) throws IOException {
        Files.writeString(directory.resolve("compose.yaml"), "name: shop\nservices: {web: {image: 'example/web:1'}}\n");
        return new CommandLineProject(directory);
    }

    /// How a command ended.
    ///
    /// @param output both streams, without progress
    record Ended(int code, String output) {}

    Ended bundle(String... more) throws IOException, InterruptedException {
        var words = Stream.of("bundle", "--docker-socket", "/nonexistent");
        return hostseed(Stream.concat(words, Arrays.stream(more)).toArray(String[]::new));
    }

    Ended hostseed(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(System.getProperty("hostseed.home") + "/bin/hostseed"));
        command.addAll(List.of(words));
        return run(command);
    }

    /// Makes the tar of a layer that holds one file.
    ///
    /// @param name of the tar
    Digest layer(String name, String file, String content) throws IOException, InterruptedException {
        var place = image().resolve(file);
        Files.createDirectories(place.getParent());
        Files.writeString(place, content);
        tar(image().resolve(name), "--mtime=@0", "--owner=0", "--group=0", file);
        return Digest.of(Files.readAllBytes(image().resolve(name)));
    }

    /// Makes the archive of the image `example/<name>:1`.
    ///
    /// @param history what made each layer, where that is known
    /// @param layers names of tars that [#layer] made
    void archive(String name, List<String> history, String... layers) throws IOException, InterruptedException {
        var digests = new ArrayList<Digest>();
        for (var layer : layers) {
            digests.add(Digest.of(Files.readAllBytes(image().resolve(layer))));
        }
        Files.writeString(image().resolve("config.json"), """
                {"architecture": "%s", "os": "linux", "rootfs": {"type": "layers", "diff_ids": [%s]}, "history": [%s]}
                """.formatted(
                System.getProperty("os.arch").replace("aarch64", "arm64"),
                quoted(digests),
                history.stream().map("{\"created_by\": \"%s\"}"::formatted).collect(Collectors.joining(", "))));
        Files.writeString(image().resolve("manifest.json"), """
                [{"Config": "config.json", "RepoTags": ["example/%s:1"], "Layers": [%s]}]
                """.formatted(name, quoted(List.of(layers))));
        var archive = Files.createDirectories(directory.resolve("images")).resolve(name + ".tar");
        var files = Stream.concat(Stream.of("manifest.json", "config.json"), Arrays.stream(layers));
        tar(archive, files.toArray(String[]::new));
    }

    private Path image() throws IOException {
        return Files.createDirectories(directory.resolve("image"));
    }

    private static String quoted(List<?> values) {
        return values.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
    }

    private void tar(Path archive, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("tar", "-C", image().toString(), "-cf", archive.toString()));
        command.addAll(List.of(words));
        assertThat(run(command)).isEqualTo(new Ended(0, ""));
    }

    private Ended run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .filter(line -> PROGRESS.stream().noneMatch(line::startsWith))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return new Ended(process.waitFor(), output);
    }
}
