package dev.hostseed.core.canonical;

import dev.hostseed.core.problem.Position;
import dev.hostseed.core.variables.Dotenv;
import dev.hostseed.core.variables.RawEnvironment;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.SourceText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The variables of a service: those of its files, and over them its own; one without a value has that of the
/// environment, or stays without.
///
/// Rule: Compose Specification, "env_file" and "environment".
final class ResolvedEnvironment {
    private final Setting setting;

    ResolvedEnvironment(Setting setting) {
        this.setting = setting;
    }

    /// `service`, in long forms, with all its variables under `environment`.
    Node.Mapping of(Node.Mapping service) {
        var written = service.find("environment");
        var variables = fromFiles(service);
        if (written.orElse(service) instanceof Node.Mapping own && own != service) {
            own.entries().forEach(entry -> variables.put(entry.key().text(), resolved(entry)));
        }
        return variables.isEmpty()
                ? service
                : service.with(
                        "environment", Node.Mapping.of(written.orElse(service).at(), variables.values()));
    }

    private Map<String, Node.Entry> fromFiles(Node.Mapping service) {
        var variables = new LinkedHashMap<String, Node.Entry>();
        if (service.find("env_file").orElse(service) instanceof Node.Sequence files) {
            for (var file : files.items()) {
                read(file).forEach((name, value) -> variables.put(name, entry(file.at(), name, value)));
            }
        }
        variables.remove(""); // reported where it is written
        return variables;
    }

    /// Variables, each without a value with that of the environment, if it has one.
    Node resolved(Node variables) {
        return variables instanceof Node.Mapping mapping
                ? mapping.with(entry -> resolved(entry).value())
                : variables;
    }

    private Node.Entry resolved(Node.Entry variable) {
        var known = setting.variables().get(variable.key().text());
        return known != null && variable.value() instanceof Node.Scalar scalar && scalar.isNull()
                ? entry(variable.key().at(), variable.key().text(), known)
                : variable;
    }

    private Map<String, String> read(Node file) {
        if (!(file instanceof Node.Mapping keys)
                || !(keys.find("path").orElse(file) instanceof Node.Scalar(var at, var path, var plain))) {
            return Map.of(); // its reader says so
        }
        var needed = !Flags.isFalse(keys.find("required"));
        return resolve(path)
                .filter(resolved -> needed || Files.exists(resolved))
                .flatMap(resolved -> SourceText.read(resolved, at, setting.report())
                        .map(text -> read(text, resolved, keys.find("format"))))
                .orElse(Map.of());
    }

    private Map<String, String> read(String text, Path file, Optional<Node> format) {
        return switch (format.map(ResolvedEnvironment::text).orElse("default")) {
            case "default" -> Dotenv.read(text, file, setting.variables(), setting.report());
            case "raw" -> RawEnvironment.read(text, file, setting.variables(), setting.report());
            default -> Map.of(); // its reader says so
        };
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    private Optional<Path> resolve(String path) {
        try {
            return Optional.of(setting.directory().resolve(path));
        } catch (InvalidPathException bad) {
            return Optional.empty(); // its reader says so
        }
    }

    private static Node.Entry entry(Position at, String name, String value) {
        return new Node.Entry(new Node.Scalar(at, name, false), new Node.Scalar(at, value, false));
    }
}
