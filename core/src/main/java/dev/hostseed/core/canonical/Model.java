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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The canonical model as data: services that are active, what they use, and paths that are absolute.
///
/// Rule: docker-compose, `config`.
public final class Model {
    /// What has done its work before.
    private static final Set<String> SPENT = Set.of("include", "version");

    private final Setting setting;
    private final Map<String, Type> sections;

    private Model(Setting setting) {
        this.setting = setting;
        var paths = new Paths(setting.directory(), setting.variables());
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
    public static Data.Mapping of(Node.Mapping document, Setting setting) {
        return new Model(setting).data(document);
    }

    private Data.Mapping data(Node.Mapping document) {
        var active = document.mapping("services")
                .map(services -> Node.Mapping.of(
                        services.at(),
                        services.entries().stream()
                                .filter(entry -> setting.isActive(entry.value()))
                                .toList()))
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
                data = data.with(key, ANY.of(entry.value()).orElse(Data.Null.NULL));
            }
        }
        return data;
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
