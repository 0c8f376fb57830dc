package dev.hostseed.core.canonical;

import static dev.hostseed.core.canonical.Types.ANY;
import static dev.hostseed.core.canonical.Types.FLAG;
import static dev.hostseed.core.canonical.Types.PAIRS;
import static dev.hostseed.core.canonical.Types.TEXT;
import static dev.hostseed.core.canonical.Types.TRUTH;
import static dev.hostseed.core.canonical.Types.byName;
import static dev.hostseed.core.canonical.Types.keys;
import static dev.hostseed.core.canonical.Types.list;

import dev.hostseed.core.canonical.Types.Type;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The canonical model as data: services that are active, what they use, and paths that are absolute.
///
/// Rule: docker-compose, `config`.
public final class Model {
    /// What has done its work before.
    private static final Set<String> SPENT = Set.of("include", "version");

    private final Setting setting;
    private final Map<String, Type> sections;

    private Model(Setting setting, Paths paths) {
        this.setting = setting;
        var file = keys(Map.of(
                "name", TEXT,
                "file", paths::file,
                "environment", TEXT,
                "content", TEXT,
                "external", FLAG,
                "labels", PAIRS,
                "driver", TEXT,
                "driver_opts", PAIRS,
                "template_driver", TEXT));
        this.sections = Map.of(
                "services", byName(new ServiceModel(paths).type()),
                "networks", byName(network()),
                "volumes", byName(volume(paths)),
                "secrets", byName(file),
                "configs", byName(file));
    }

    /// @param document canonical
    /// @param absolute whether paths are made so, or left as they are written
    public static Data.Mapping of(Node.Mapping document, Setting setting, boolean absolute) {
        var paths = absolute ? Paths.absolute(setting.directory(), setting.variables()) : Paths.asWritten();
        return new Model(setting, paths).data(document);
    }

    /// `model` as it is written into a Compose file: every `$` of a value twice, since one would start a variable.
    public static Data.Mapping escaped(Data.Mapping model) {
        return (Data.Mapping) escaped((Data) model);
    }

    private static Data escaped(Data data) {
        return switch (data) {
            case Data.Text(var text) -> new Data.Text(text.replace("$", "$$"));
            case Data.Sequence(var items) ->
                new Data.Sequence(items.stream().map(Model::escaped).toList());
            case Data.Mapping(var entries) -> {
                var members = new LinkedHashMap<String, Data>();
                entries.forEach((name, value) -> members.put(name, escaped(value)));
                yield new Data.Mapping(members);
            }
            case Data.Whole ignored -> data;
            case Data.Decimal ignored -> data;
            case Data.Truth ignored -> data;
            case Data.Null ignored -> data;
        };
    }

    /// `model` without what says nothing. Compose tells that as JSON alone.
    public static Data.Mapping terse(Data.Mapping model) {
        var services = each(
                model,
                "services",
                service -> within(
                        without(without(service, "command", Data.Null.NULL), "entrypoint", Data.Null.NULL),
                        "deploy",
                        deploy -> without(without(deploy, "resources", Data.mapping()), "placement", Data.mapping())));
        return each(services, "networks", network -> without(network, "ipam", Data.mapping()));
    }

    private static Data.Mapping each(Data.Mapping model, String section, UnaryOperator<Data.Mapping> change) {
        return within(model, section, all -> {
            var changed = all;
            for (var name : all.entries().keySet()) {
                changed = within(changed, name, change);
            }
            return changed;
        });
    }

    private static Data.Mapping within(Data.Mapping mapping, String key, UnaryOperator<Data.Mapping> change) {
        return mapping.find(key).orElse(mapping) instanceof Data.Mapping inner && inner != mapping
                ? mapping.with(key, change.apply(inner))
                : mapping;
    }

    private static Data.Mapping without(Data.Mapping mapping, String key, Data value) {
        var kept = new LinkedHashMap<>(mapping.entries());
        kept.remove(key, value);
        return new Data.Mapping(kept);
    }

    private Data.Mapping data(Node.Mapping document) {
        var active = document.mapping("services")
                .map(services -> Node.Mapping.of(
                        services.at(),
                        services.entries().stream()
                                .filter(entry -> setting.isActive(entry.value()))
                                .toList()))
                .map(Model::withoutIdleDependencies)
                .orElseGet(() -> Node.Mapping.of(document.at(), List.of()));
        var used = new Used(active);
        var data = Data.mapping().with("name", setting.project().value());
        for (var section : List.of("services", "networks", "volumes", "secrets", "configs")) {
            var all = section.equals("services") ? active : used.of(document, section);
            var told = sections.getOrDefault(section, ANY).of(all);
            data = section.equals("services")
                    ? data.with(section, told.orElse(Data.mapping()))
                    : data.withUnlessEmpty(section, told.orElse(Data.mapping()));
        }
        for (var entry : document.entries()) {
            var key = entry.key().text();
            if (!sections.containsKey(key) && !SPENT.contains(key) && !key.equals("name")) {
                var type = key.equals("x-host") ? MachineModel.type() : ANY;
                data = data.with(key, type.of(entry.value()).orElse(Data.Null.NULL));
            }
        }
        return data;
    }

    /// `services` without dependencies on what is not there and not required: they would be refused when read again.
    private static Node.Mapping withoutIdleDependencies(Node.Mapping services) {
        return services.with(service -> service.value() instanceof Node.Mapping keys
                ? keys.with(entry ->
                        entry.key().text().equals("depends_on") && entry.value() instanceof Node.Mapping others
                                ? Node.Mapping.of(
                                        others.at(),
                                        others.entries().stream()
                                                .filter(other -> services.find(other.key()
                                                                        .text())
                                                                .isPresent()
                                                        || !isOptional(other.value()))
                                                .toList())
                                : entry.value())
                : service.value());
    }

    private static boolean isOptional(Node dependency) {
        return dependency instanceof Node.Mapping keys && Flags.isFalse(keys.find("required"));
    }

    private static Type network() {
        var subnet = keys(Map.of("subnet", TEXT, "gateway", TEXT, "ip_range", TEXT, "aux_addresses", PAIRS));
        return ServiceModel.withMembers(
                keys(Map.of(
                        "name", TEXT,
                        "driver", TEXT,
                        "driver_opts", PAIRS,
                        "ipam", keys(Map.of("driver", TEXT, "config", list(subnet), "options", PAIRS)),
                        "external", Model::external,
                        "internal", FLAG,
                        "attachable", FLAG,
                        "labels", PAIRS,
                        "enable_ipv4", TRUTH,
                        "enable_ipv6", TRUTH)),
                "ipam");
    }

    private static Type volume(Paths paths) {
        var type = keys(Map.of(
                "name", TEXT,
                "driver", TEXT,
                "driver_opts", PAIRS,
                "external", Model::external,
                "labels", PAIRS));
        return node -> type.of(node instanceof Node.Mapping keys ? paths.volume(keys) : node);
    }

    /// The old form is a mapping, with the name in it.
    private static Optional<Data> external(Node node) {
        return node instanceof Node.Mapping ? Optional.of(new Data.Truth(true)) : FLAG.of(node);
    }
}
