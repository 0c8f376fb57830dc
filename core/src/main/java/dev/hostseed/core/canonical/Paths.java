package dev.hostseed.core.canonical;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Paths of this machine, absolute.
///
/// Rule: compose-go, `paths`.
final class Paths {
    private final Path directory;
    private final String home;

    /// @param directory that relative ones start from
    /// @param variables have the home directory, for what starts with `~`
    Paths(Path directory, Map<String, String> variables) {
        this.directory = directory.toAbsolutePath().normalize();
        this.home = variables.getOrDefault("HOME", "");
    }

    Optional<Data> file(Node node) {
        return Types.TEXT.of(absolute(node));
    }

    /// A directory, or something that has a scheme and so is not here.
    Optional<Data> context(Node node) {
        return Types.TEXT.of(node instanceof Node.Scalar scalar && isElsewhere(scalar.text()) ? node : absolute(node));
    }

    /// A mount with its source if that is a path of this machine, and its target in normal form.
    Node mount(Node node) {
        if (!(node instanceof Node.Mapping keys)) {
            return node;
        }
        var bind = keys.find("type").filter(type -> isText(type, "bind")).isPresent();
        return keys.with(entry -> switch (entry.key().text()) {
            case "source" -> bind ? absolute(entry.value()) : entry.value();
            case "target" -> normal(entry.value());
            default -> entry.value();
        });
    }

    /// The options of a volume; that of the driver `local` may bind a directory.
    Node.Mapping volume(Node.Mapping volume) {
        var options = volume.mapping("driver_opts");
        var binds =
                volume.find("driver").filter(driver -> isText(driver, "local")).isPresent()
                        && options.flatMap(o -> o.find("o"))
                                .filter(o -> isText(o, "bind"))
                                .isPresent();
        return binds
                ? volume.with(
                        "driver_opts",
                        options.get().with(e -> e.key().text().equals("device") ? absolute(e.value()) : e.value()))
                : volume;
    }

    private static boolean isText(Node node, String text) {
        return node instanceof Node.Scalar scalar && scalar.text().equals(text);
    }

    /// Rule: Compose Specification, "additional_contexts".
    private static boolean isElsewhere(String text) {
        return text.contains("://") || text.startsWith("service:") || text.startsWith("git@");
    }

    private static Node normal(Node target) {
        return target instanceof Node.Scalar(var at, var text, var plain) && text.startsWith("/")
                ? new Node.Scalar(at, Path.of("/").resolve(text).normalize().toString(), plain)
                : target;
    }

    private Node absolute(Node node) {
        if (!(node instanceof Node.Scalar(var at, var text, var plain)) || text.isEmpty() || text.startsWith("/")) {
            return node;
        }
        try {
            var path = text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
            return new Node.Scalar(at, directory.resolve(path).normalize().toString(), false);
        } catch (InvalidPathException none) {
            return node;
        }
    }
}
