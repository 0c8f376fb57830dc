package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.MAPPING;
import static dev.hostseed.core.source.Key.Shape.SCALAR;
import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.mapping;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.util.Optional;
import java.util.Set;

/// `deploy` of a service, as far as one host can do it, and `scale`. What only a swarm could do is told.
///
/// Rule: Compose Deploy Specification.
final class DeployKeys {
    /// Each is a unit: more of them than this are a slip of the pen.
    private static final int MOST_REPLICAS = 1000;

    static final Keys<ServiceDraft> ROLLING = Keys.of(
            ignored("parallelism"),
            ignored("delay"),
            ignored("failure_action"),
            ignored("monitor"),
            ignored("max_failure_ratio"),
            ignored("order"));

    static final Keys<ServiceDraft> LIMITS = Keys.<ServiceDraft>of(
            resource("cpus", EngineValues.PROCESSORS, "cpus", "NanoCpus"),
            resource("memory", EngineValues.BYTES, "mem_limit", "Memory"),
            resource("pids", EngineValues.whole(-1, 4_194_304), "pids_limit", "PidsLimit"));

    static final Keys<ServiceDraft> RESERVATIONS = Keys.<ServiceDraft>of(
            scalar(
                    "cpus",
                    (node, into, scope) -> EngineValues.PROCESSORS
                            .read(node, scope)
                            .ifPresent(processors -> swarmOnly(node, "a reservation of 'cpus'", scope))),
            resource("memory", EngineValues.BYTES, "mem_reservation", "MemoryReservation"),
            list("devices", DeviceRequestKeys::devices),
            list(
                    "generic_resources",
                    (node, into, scope) -> scope.report()
                            .error(
                                    node.at(),
                                    "'generic_resources' are those of the nodes of a swarm",
                                    "remove it, or write 'devices'")));

    static final Keys<ServiceDraft> RESOURCES =
            Keys.<ServiceDraft>of(mapping("limits", LIMITS::read), mapping("reservations", RESERVATIONS::read));

    static final Keys<ServiceDraft> KEYS = Keys.<ServiceDraft>of(
            scalar("mode", DeployKeys::mode),
            scalar("replicas", (node, into, scope) -> into.replicas = count(node, scope)),
            mapping("resources", RESOURCES::read),
            mapping("restart_policy", RestartPolicyKeys::read),
            mapping("placement", PlacementKeys::read),
            scalar("endpoint_mode", (node, into, scope) -> swarmOnly(node, "'endpoint_mode'", scope)),
            of("labels", Set.of(LIST, MAPPING), (node, into, scope) -> {
                Fields.labels(node, scope);
                swarmOnly(node, "'labels' of 'deploy'", scope);
            }),
            mapping("update_config", (node, into, scope) -> rolling(node, "'update_config'", into, scope)),
            mapping("rollback_config", (node, into, scope) -> rolling(node, "'rollback_config'", into, scope)));

    private DeployKeys() {}

    /// What `deploy` says of a member of the Engine's `HostConfig` that another key says too.
    record Resource(String key, String member, Position at, Data value) {}

    static void read(Node node, ServiceDraft into, Scope scope) {
        KEYS.read(node, into, scope);
    }

    static void scale(Node node, ServiceDraft into, Scope scope) {
        into.scale = count(node, scope);
    }

    /// Says that a value changes nothing on one host.
    static void swarmOnly(Node node, String what, Scope scope) {
        scope.report().warn(node.at(), what + " is for a swarm only, ignoring", "remove it");
    }

    static Key<ServiceDraft> ignored(String name) {
        return scalar(name, (node, into, scope) -> {});
    }

    private static Optional<Located<Integer>> count(Node node, Scope scope) {
        return Fields.whole(node, 0, MOST_REPLICAS, scope).map(number -> new Located<>(node.at(), number));
    }

    private static Key<ServiceDraft> resource(String name, EngineValue value, String key, String member) {
        return Key.member(
                "HostConfig." + member,
                name,
                Set.of(SCALAR),
                (node, into, scope) -> value.read(node, scope)
                        .ifPresent(data -> into.deployed.put(key, new Resource(key, member, node.at(), data))));
    }

    private static void rolling(Node node, String what, ServiceDraft into, Scope scope) {
        ROLLING.read(node, into, scope);
        swarmOnly(node, what, scope);
    }

    /// One host is all nodes: `global` is one container, as is `replicated` with one replica.
    private static void mode(Node node, ServiceDraft into, Scope scope) {
        Fields.text(node, scope).ifPresent(mode -> {
            if (Set.of("replicated-job", "global-job").contains(mode)) {
                swarmOnly(node, "'" + mode + "'", scope);
            } else if (!Set.of("replicated", "global").contains(mode)) {
                scope.report().error(node.at(), "'" + mode + "' is not a mode", "write replicated, or remove it");
            }
        });
    }
}
