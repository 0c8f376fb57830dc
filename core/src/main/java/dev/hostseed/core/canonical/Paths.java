package dev.hostseed.core.canonical;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Paths of this machine, made absolute or left as they are.
///
/// Rule: compose-go, `paths`.
final class Paths {
    private final UnaryOperator<String> absolute;

    private Paths(UnaryOperator<String> absolute) {
        this.absolute = absolute;
    }

    static Paths asWritten() {
        return new Paths(path -> path);
    }

    /// @param directory that relative ones start from
    /// @param variables have the home directory, for what starts with `~`
    static Paths absolute(Path directory, Map<String, String> variables) {
        var root = directory.toAbsolutePath().normalize();
        var home = variables.getOrDefault("HOME", "");
        return new Paths(path -> {
            var known = path.equals("~") || path.startsWith("~/") ? home + path.substring(1) : path;
            return known.startsWith("/")
                    ? known
                    : root.resolve(known).normalize().toString();
        });
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
        if (!(node instanceof Node.Scalar(var at, var text, var plain)) || text.isEmpty()) {
            return node;
        }
        try {
            return new Node.Scalar(at, absolute.apply(text), false);
        } catch (InvalidPathException none) {
            return node;
        }
    }
}
