package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.Platform;
import dev.hostseed.core.yaml.Node;
import java.util.Set;

/// `deploy.placement` of a service: there is one host to be placed on, so a constraint is either true of it or cannot
/// be met.
final class PlacementKeys {
    static final Keys<ServiceDraft> KEYS = Keys.<ServiceDraft>of(
            list("constraints", (node, into, scope) -> {
                if (node instanceof Node.Sequence constraints) {
                    constraints.items().forEach(item -> refuseUnlessTrue(item, scope));
                }
            }),
            list("preferences", (node, into, scope) -> DeployKeys.swarmOnly(node, "a preference of nodes", scope)),
            scalar(
                    "max_replicas_per_node",
                    (node, into, scope) -> DeployKeys.swarmOnly(node, "'max_replicas_per_node'", scope)));

    private PlacementKeys() {}

    static void read(Node node, ServiceDraft into, Scope scope) {
        KEYS.read(node, into, scope);
    }

    private static void refuseUnlessTrue(Node item, Scope scope) {
        Fields.text(item, scope).ifPresent(text -> {
            if (!isTrue(text.replace(" ", ""), scope.platform())) {
                scope.report()
                        .error(
                                item.at(),
                                "whether '" + text + "' holds, no host without a swarm knows",
                                "remove it, or give the service to the host that it is for");
            }
        });
    }

    private static boolean isTrue(String constraint, Platform platform) {
        var architecture = platform.architecture();
        var named = architecture.equals("amd64") ? "x86_64" : architecture.equals("arm64") ? "aarch64" : architecture;
        return Set.of(
                                "node.role==manager",
                                "node.role!=worker",
                                "node.platform.os==" + platform.os(),
                                "node.platform.os!=windows")
                        .contains(constraint)
                || constraint.equals("node.platform.arch==" + architecture)
                || constraint.equals("node.platform.arch==" + named);
    }
}
