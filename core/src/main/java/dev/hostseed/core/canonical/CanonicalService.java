package dev.hostseed.core.canonical;

import dev.hostseed.core.merge.OneForm;
import dev.hostseed.core.notation.ShellWords;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The canonical form of a service that is active.
final class CanonicalService {
    private final Setting setting;
    private final ResolvedEnvironment environment;

    CanonicalService(Setting setting) {
        this.setting = setting;
        this.environment = new ResolvedEnvironment(setting);
    }

    /// @param service each value in the form in which it can be merged
    Node.Mapping of(Node.Mapping service) {
        return environment.of(
                onNetwork(ImplicitDependencies.of(service.with(this::value).without("extends"))));
    }

    private Node value(Node.Entry entry) {
        var value = entry.value();
        return switch (entry.key().text()) {
            case "command", "entrypoint" -> words(value);
            case "healthcheck" -> value instanceof Node.Mapping keys ? keys.with(CanonicalService::test) : value;
            case "ports" -> items(value, text -> LongForms.port(text, setting.report()));
            case "volumes" -> items(value, text -> LongForms.mount(text, setting.report()));
            case "devices" -> items(value, text -> LongForms.device(text, setting.report()));
            case "configs" -> items(value, name -> Optional.of(LongForms.under("source", name)));
            case "secrets" -> secrets(value);
            case "env_file" -> files(value);
            case "dns" -> list(value, servers -> servers.filter(server -> !isEmpty(server)));
            case "extra_hosts" -> list(value, hosts -> hosts.flatMap(LongForms::hosts));
            case "gpus" -> gpus(value);
            case "build" -> build(value);
            case "pre_start", "post_start", "pre_stop" -> mappings(value, hook -> hook.with(this::hook));
            case "depends_on" ->
                value instanceof Node.Mapping others ? others.with(CanonicalService::dependency) : value;
            default -> value;
        };
    }

    /// Nothing is the image's, as if the key were not there.
    private Node words(Node value) {
        if (!(value instanceof Node.Scalar(var at, var line, var plain)) || ((Node.Scalar) value).isNull()) {
            return value;
        }
        try {
            return texts(at, ShellWords.split(line));
        } catch (IllegalArgumentException wrong) {
            setting.report()
                    .as(Code.L02)
                    .error(at, String.valueOf(wrong.getMessage()), "close it, or write a list of words");
            return texts(at, List.of());
        }
    }

    private static Node test(Node.Entry entry) {
        return entry.key().text().equals("test")
                        && entry.value() instanceof Node.Scalar(var at, var line, var plain)
                        && !line.isEmpty()
                ? texts(at, List.of("CMD-SHELL", line))
                : entry.value();
    }

    /// Rule: Compose Specification, "secrets": the target is below `/run/secrets` unless it says otherwise.
    private static Node secrets(Node value) {
        var grants = items(value, name -> Optional.of(LongForms.under("source", name)));
        return mappings(
                grants,
                grant -> grant.find("target").isPresent()
                        ? grant
                        : grant.find("source")
                                .filter(source -> source instanceof Node.Scalar)
                                .map(source -> (Node.Scalar) source)
                                .map(source -> grant.with(
                                        "target", new Node.Scalar(source.at(), "/run/secrets/" + source.text(), false)))
                                .orElse(grant));
    }

    private static Node files(Node value) {
        var files = items(value, path -> Optional.of(LongForms.under("path", path)));
        return mappings(files, file -> or(file, "required", "true"));
    }

    private static Node gpus(Node value) {
        return value instanceof Node.Scalar scalar && scalar.text().equals("all")
                ? Node.Sequence.of(scalar.at(), List.of(LongForms.under("count", scalar)))
                : value;
    }

    private Node hook(Node.Entry entry) {
        return switch (entry.key().text()) {
            case "command" -> words(entry.value());
            case "environment" -> environment.resolved(OneForm.pairs(entry.value()));
            default -> entry.value();
        };
    }

    /// Rule: Compose Specification, "build": where and what, unless it says otherwise.
    private Node build(Node value) {
        if (!(value instanceof Node.Mapping keys)) {
            return value;
        }
        var somewhere = or(keys, "context", ".");
        var known = somewhere.with(entry -> switch (entry.key().text()) {
            case "args" -> environment.resolved(entry.value());
            case "extra_hosts" -> list(entry.value(), hosts -> hosts.flatMap(LongForms::hosts));
            default -> entry.value();
        });
        return keys.find("dockerfile_inline").isPresent() ? known : or(known, "dockerfile", "Dockerfile");
    }

    private static Node dependency(Node.Entry other) {
        return other.value() instanceof Node.Mapping keys ? or(keys, "required", "true") : other.value();
    }

    private static Node.Mapping or(Node.Mapping keys, String key, String otherwise) {
        return keys.find(key).isPresent() ? keys : keys.with(key, new Node.Scalar(keys.at(), otherwise, true));
    }

    /// Compose attaches a service to `default` if it names no network.
    private static Node.Mapping onNetwork(Node.Mapping service) {
        var none =
                service.find("networks").filter(networks -> networks.size() > 1).isEmpty();
        return none && service.find("network_mode").isEmpty()
                ? service.with(
                        "networks",
                        Node.Mapping.of(service.at(), List.of())
                                .with("default", new Node.Scalar(service.at(), "", true)))
                : service;
    }

    private static Node list(Node value, UnaryOperator<Stream<Node>> change) {
        return value instanceof Node.Sequence(var at, var items, var size)
                ? Node.Sequence.of(at, change.apply(items.stream()).toList())
                : value;
    }

    private static boolean isEmpty(Node node) {
        return node instanceof Node.Scalar scalar && scalar.text().isEmpty();
    }

    /// Each text of a list in its long form; one that has none was reported and is left out.
    private static Node items(Node value, Function<Node.Scalar, Optional<Node.Mapping>> longForm) {
        if (!(value instanceof Node.Sequence(var at, var all, var size))) {
            return value;
        }
        var items = new ArrayList<Node>();
        for (var item : all) {
            if (item instanceof Node.Scalar text && !text.isNull()) {
                longForm.apply(text).ifPresent(items::add);
            } else {
                items.add(item);
            }
        }
        return Node.Sequence.of(at, items);
    }

    private static Node mappings(Node value, Function<Node.Mapping, Node.Mapping> change) {
        return list(
                value, items -> items.map(item -> item instanceof Node.Mapping mapping ? change.apply(mapping) : item));
    }

    private static Node.Sequence texts(Position at, List<String> texts) {
        return Node.Sequence.of(
                at, texts.stream().map(text -> new Node.Scalar(at, text, false)).toList());
    }
}
