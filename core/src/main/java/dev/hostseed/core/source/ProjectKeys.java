package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.mapping;
import static dev.hostseed.core.source.Key.refused;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.yaml.Node;
import java.util.List;

/// Every key at the top of a Compose file.
final class ProjectKeys {
    static final Keys<ProjectDraft> KEYS = Keys.<ProjectDraft>of(
            scalar("name", (node, into, scope) -> {}), // read before all else: see ProjectNames
            scalar(
                    "version",
                    (node, into, scope) -> scope.report()
                            .as(Code.L07)
                            .info(node.at(), "'version' is obsolete, ignoring", "remove it")),
            list("include", (node, into, scope) -> {}), // resolved: see Including
            mapping("services", ProjectKeys::services),
            mapping("networks", ResourceKeys::networks),
            mapping("volumes", ResourceKeys::volumes),
            mapping("x-host", (node, into, scope) -> MachineKeys.KEYS.read(node, into.machine, scope)),
            mapping("secrets", GrantedFileKeys::secrets),
            mapping("configs", GrantedFileKeys::configs),
            refused(
                    "models",
                    "needs a plugin of Compose, which the host has not",
                    "describe what serves the model as a service"));

    private ProjectKeys() {}

    private static void services(Node node, ProjectDraft into, Scope scope) {
        if (!(node instanceof Node.Mapping services)) {
            return;
        }
        for (var entry : services.entries()) {
            var at = entry.key().at();
            if (entry.key().text().startsWith("x-")
                    && !(entry.value() instanceof Node.Mapping keys
                            && (keys.find("image").isPresent()
                                    || keys.find("build").isPresent()))) {
                continue;
            }
            Fields.name(entry.key(), scope, ServiceName::new).ifPresent(name -> {
                var profiles = profiles(entry.value(), scope);
                if (!scope.setting().isActive(entry.value())) {
                    into.disabled.put(name, profiles);
                    return;
                }
                var draft = new ServiceDraft(new Located<>(at, name), into.portBudget);
                ServiceKeys.KEYS.read(entry.value(), draft, scope);
                requireImage(entry, draft, scope);
                var named = entry.value() instanceof Node.Mapping keys
                        && keys.find("image").isPresent();
                BuildKeys.settle(draft, named, scope);
                into.services.put(name, draft);
            });
        }
    }

    private static List<String> profiles(Node service, Scope scope) {
        return service instanceof Node.Mapping keys
                        && keys.find("profiles").orElse(service) instanceof Node.Sequence profiles
                ? Fields.texts(profiles, false, scope)
                : List.of();
    }

    private static void requireImage(Node.Entry entry, ServiceDraft draft, Scope scope) {
        if (entry.value() instanceof Node.Mapping keys
                && keys.find("image").isEmpty()
                && keys.find("build").isEmpty()) {
            scope.report()
                    .as(Code.L03)
                    .error(
                            entry.key().at(),
                            "the service '" + draft.name.value() + "' has no image",
                            "write 'image' or 'build'");
        }
    }
}
