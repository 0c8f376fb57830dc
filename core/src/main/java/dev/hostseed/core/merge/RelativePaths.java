package dev.hostseed.core.merge;

import dev.hostseed.core.yaml.Node;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Paths in a service that was written in another directory, as they read from this one.
///
/// Rule: Compose Specification, "extends", "Relative resources", and "include".
public final class RelativePaths {
    private final Path directory;

    private RelativePaths(Path directory) {
        this.directory = directory;
    }

    /// @param written the directory that they start from in the text
    /// @param read the directory that they are to start from
    public static RelativePaths from(Path written, Path read) {
        return new RelativePaths(read.toAbsolutePath()
                .normalize()
                .relativize(written.toAbsolutePath().normalize()));
    }

    public Node.Mapping ofService(Node.Mapping service) {
        return ofEach(
                service,
                Map.of(
                        "build", this::build,
                        "env_file", this::pathOrPaths,
                        "label_file", this::pathOrPaths,
                        "volumes", this::volumes));
    }

    /// Of `secrets` or `configs` of a project.
    public Node ofFiles(Node section) {
        return section instanceof Node.Mapping mapping
                ? mapping.with(entry -> under("file", entry.value(), this::path))
                : section;
    }

    private static Node.Mapping ofEach(Node.Mapping mapping, Map<String, UnaryOperator<Node>> changes) {
        return mapping.with(entry -> changes.getOrDefault(entry.key().text(), UnaryOperator.identity())
                .apply(entry.value()));
    }

    private static Node under(String key, Node node, UnaryOperator<Node> change) {
        return node instanceof Node.Mapping mapping ? ofEach(mapping, Map.of(key, change)) : node;
    }

    private Node build(Node node) {
        return node instanceof Node.Mapping mapping
                ? ofEach(
                        mapping,
                        Map.of(
                                "context", this::context,
                                "additional_contexts", contexts -> ofPairs(contexts, this::context),
                                "ssh", keys -> ofPairs(keys, this::path)))
                : context(node);
    }

    /// A context may also be a repository, or what another service builds.
    private Node context(Node node) {
        return node instanceof Node.Scalar scalar
                        && (scalar.text().contains("://") || scalar.text().startsWith("service:"))
                ? node
                : path(node);
    }

    /// With each value of `NAME=value`, a list or a mapping, changed.
    private static Node ofPairs(Node node, UnaryOperator<Node> change) {
        return OneForm.of(node, MergeRule.How.PAIRS) instanceof Node.Mapping mapping
                ? mapping.with(entry -> change.apply(entry.value()))
                : node;
    }

    private Node pathOrPaths(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> path(scalar);
            case Node.Sequence list -> ofItems(list, this::pathOrPaths);
            case Node.Mapping mapping -> under("path", mapping, this::path);
        };
    }

    private Node volumes(Node node) {
        return node instanceof Node.Sequence list ? ofItems(list, this::volume) : node;
    }

    private Node volume(Node node) {
        return switch (node) {
            case Node.Scalar(var at, var text, var plain)
            when text.startsWith(".") && text.indexOf(':') > 0 -> {
                var end = text.indexOf(':');
                yield new Node.Scalar(at, bind(text.substring(0, end)) + text.substring(end), false);
            }
            case Node.Mapping mapping
            when ItemIdentity.under("type", mapping).equals(Optional.of("bind")) ->
                under("source", mapping, this::path);
            default -> node;
        };
    }

    private static Node.Sequence ofItems(Node.Sequence list, UnaryOperator<Node> change) {
        return Node.Sequence.of(list.at(), list.items().stream().map(change).toList());
    }

    private Node path(Node node) {
        return node instanceof Node.Scalar(var at, var text, var plain)
                        && !node.equals(new Node.Scalar(at, "", true))
                        && !text.startsWith("/")
                        && !text.startsWith("~")
                ? new Node.Scalar(at, resolved(text), false)
                : node;
    }

    /// What starts with a dot is no volume.
    private String bind(String path) {
        var resolved = resolved(path);
        return resolved.startsWith("/") || resolved.startsWith(".") ? resolved : "./" + resolved;
    }

    private String resolved(String path) {
        var resolved = directory.resolve(path).normalize().toString();
        return resolved.isEmpty() ? "." : resolved;
    }
}
