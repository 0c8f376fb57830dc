package dev.hostseed.cloudinit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.problem.ProblemText;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a seed is made of, small: hosts, an archive with an image, a runtime.
final class Inputs {
    private static final int BLOCK = 512;

    private Inputs() {}

    /// The host that the Compose file describes, which has to be right.
    static Host host(Path compose) {
        return switch (ComposeReader.read(compose, Map.of())) {
            case Reading.Accepted(var host, var problems) -> host;
            case Reading.Rejected(var problems) ->
                throw new AssertionError(problems.stream().map(ProblemText::of).collect(Collectors.joining()));
        };
    }

    /// A host whose project `shop` has `services`, all of the image that [#archive] has; `machine` are lines of
    /// `x-host`.
    static Host shop(Path directory, List<String> services, String... machine) throws IOException {
        var compose = new StringBuilder("name: shop\nservices:\n");
        services.forEach(service -> compose.append("  ").append(service).append(": {image: 'example/one:1'}\n"));
        compose.append("x-host:\n  name: shop-1\n");
        List.of(machine).forEach(line -> compose.append("  ").append(line).append('\n'));
        return host(Files.writeString(directory.resolve("compose.yaml"), compose));
    }

    /// What `docker save example/one:1` writes of an image with one empty layer.
    static Path archive(Path file) throws IOException {
        var layer = new byte[2 * BLOCK];
        var platform = Platform.ofThisMachine();
        var config = Json.compact(Data.mapping()
                .with("architecture", platform.architecture())
                .with("os", platform.os())
                .with("config", Data.mapping().with("Cmd", Data.texts(List.of("/bin/true"))))
                .with(
                        "rootfs",
                        Data.mapping()
                                .with("type", "layers")
                                .with(
                                        "diff_ids",
                                        Data.texts(List.of(Digest.of(layer).value())))));
        var manifest = Json.compact(new Data.Sequence(List.of(Data.mapping()
                .with("Config", "config.json")
                .with("RepoTags", Data.texts(List.of("example/one:1")))
                .with("Layers", Data.texts(List.of("layer.tar"))))));
        var tar = new ByteArrayOutputStream();
        add(tar, "layer.tar", layer);
        add(tar, "config.json", config);
        add(tar, "manifest.json", manifest);
        tar.writeBytes(new byte[2 * BLOCK]);
        return Files.write(file, tar.toByteArray());
    }

    /// Rule: POSIX, pax, "ustar Interchange Format".
    private static void add(ByteArrayOutputStream tar, String name, byte[] content) {
        var header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0000000000\0000000000\000%011o\00000000000000\0        0".formatted(content.length));
        put(header, 257, "ustar\00000");
        var sum = 0;
        for (var octet : header) {
            sum += octet & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[Math.floorMod(-content.length, BLOCK)]);
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /// A directory in the shape of a distribution.
    static Path runtime(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        Files.createDirectories(directory.resolve("rt/lib"));
        Files.writeString(directory.resolve("build-id"), "0123456789abcdef\n");
        Files.writeString(directory.resolve("bin/hostseed"), "#!/bin/sh\n")
                .toFile()
                .setExecutable(true);
        Files.writeString(directory.resolve("rt/lib/modules"), "classes");
        return directory;
    }
}
