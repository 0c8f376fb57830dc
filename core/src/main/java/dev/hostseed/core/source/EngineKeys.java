package dev.hostseed.core.source;

import static dev.hostseed.core.source.EngineValues.BYTES;
import static dev.hostseed.core.source.EngineValues.FLAG;
import static dev.hostseed.core.source.EngineValues.TEXT;
import static dev.hostseed.core.source.EngineValues.TEXTS;
import static dev.hostseed.core.source.EngineValues.oneOf;
import static dev.hostseed.core.source.EngineValues.whole;
import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.MAPPING;
import static dev.hostseed.core.source.Key.Shape.SCALAR;
import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.mapping;
import static dev.hostseed.core.source.Key.member;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.refused;
import static dev.hostseed.core.source.Key.scalar;
import static dev.hostseed.core.source.Key.since;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.notation.Durations;
import dev.hostseed.core.notation.Ports;
import dev.hostseed.core.yaml.Node;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The keys of a service that the Engine alone gives a meaning to, each with the member of the create body that it
/// becomes; and those that mean nothing on a host that pulls and builds nothing.
final class EngineKeys {
    private static final Set<Key.Shape> ONE = Set.of(SCALAR);
    private static final Set<Key.Shape> SOME = Set.of(SCALAR, LIST);
    private static final Set<Key.Shape> ALL = Set.of(LIST);
    private static final Set<Key.Shape> NAMED = Set.of(LIST, MAPPING);

    static final Keys<ServiceDraft> KEYS = Keys.<ServiceDraft>of(
            since(43, host("annotations", NAMED, EngineValues.PAIRS, "Annotations")),
            mapping("blkio_config", BlockIoKeys.KEYS::read),
            host("cap_add", ALL, EngineValues.CAPABILITY_NAMES, "CapAdd"),
            host("cap_drop", ALL, EngineValues.CAPABILITY_NAMES, "CapDrop"),
            host("cgroup", ONE, oneOf("host", "private"), "CgroupnsMode"),
            host("cgroup_parent", ONE, EngineValues.SLICE, "CgroupParent"),
            refused("cpu_count", "is for Windows containers", "write 'cpus'"),
            refused("cpu_percent", "is for Windows containers", "write 'cpus'"),
            host("cpu_period", ONE, EngineValues.MICROSECONDS, "CpuPeriod"),
            host("cpu_quota", ONE, EngineValues.MICROSECONDS, "CpuQuota"),
            host("cpu_rt_period", ONE, EngineValues.MICROSECONDS, "CpuRealtimePeriod"),
            host("cpu_rt_runtime", ONE, EngineValues.MICROSECONDS, "CpuRealtimeRuntime"),
            host("cpu_shares", ONE, whole(2, 262_144), "CpuShares"),
            host("cpus", ONE, EngineValues.PROCESSORS, "NanoCpus"),
            host("cpuset", ONE, EngineValues.PROCESSOR_SET, "CpusetCpus"),
            refused("credential_spec", "is for Windows containers", "remove it"),
            host("device_cgroup_rules", ALL, EngineValues.DEVICE_RULES, "DeviceCgroupRules"),
            list("devices", DeviceKeys::read),
            host("dns", SOME, EngineValues.ADDRESSES, "Dns"),
            host("dns_opt", ALL, TEXTS, "DnsOptions"),
            host("dns_search", SOME, TEXTS, "DnsSearch"),
            host("extra_hosts", NAMED, HostsKeys::read, "ExtraHosts"),
            of("gpus", SOME, DeviceRequestKeys::gpus),
            host("group_add", ALL, TEXTS, "GroupAdd"),
            host("init", ONE, FLAG, "Init"),
            NamespaceKeys.key("ipc", "IpcMode", "host", "none", "private", "shareable"),
            host("isolation", ONE, EngineValues.ISOLATION, "Isolation"),
            mapping("logging", LoggingKeys::read),
            scalar("mac_address", EngineKeys::macAddress),
            host("mem_limit", ONE, BYTES, "Memory"),
            host("mem_reservation", ONE, BYTES, "MemoryReservation"),
            host("memswap_limit", ONE, EngineValues.BYTES_OR_UNLIMITED, "MemorySwap"),
            host("mem_swappiness", ONE, whole(0, 100), "MemorySwappiness"),
            NamespaceKeys.key("network_mode", "NetworkMode", "bridge", "host", "none"),
            host("oom_kill_disable", ONE, FLAG, "OomKillDisable"),
            host("oom_score_adj", ONE, whole(-1000, 1000), "OomScoreAdj"),
            NamespaceKeys.key("pid", "PidMode", "host"),
            host("pids_limit", ONE, whole(-1, 4_194_304), "PidsLimit"),
            host("privileged", ONE, FLAG, "Privileged"),
            host("read_only", ONE, FLAG, "ReadonlyRootfs"),
            host("runtime", ONE, TEXT, "Runtime"),
            list("security_opt", SecurityKeys::read),
            host("shm_size", ONE, BYTES, "ShmSize"),
            host("storage_opt", Set.of(MAPPING), EngineValues.PAIRS, "StorageOpt"),
            host("sysctls", NAMED, EngineValues.SYSCTLS, "Sysctls"),
            host("tmpfs", SOME, EngineValues.TMPFS, "Tmpfs"),
            host("ulimits", Set.of(MAPPING), LimitKeys::read, "Ulimits"),
            host("userns_mode", ONE, oneOf("host"), "UsernsMode"),
            host("uts", ONE, oneOf("host"), "UTSMode"),
            container("domainname", EngineValues.DOMAIN, "Domainname"),
            container("hostname", EngineValues.DOMAIN, "Hostname"),
            container("stdin_open", FLAG, "OpenStdin"),
            container("stop_signal", EngineValues.SIGNAL_NAME, "StopSignal"),
            container("tty", FLAG, "Tty"),
            scalar("container_name", (node, into, scope) -> {
                into.written.put("container_name", node.at());
                Fields.made(node, scope, "use letters, digits, '.', '_' and '-'", EngineName::new)
                        .ifPresent(name -> into.containerName = Optional.of(name));
            }),
            of("expose", ALL, EngineKeys::expose),
            of("attach", ONE, EngineKeys::ignore),
            mapping("develop", (node, into, scope) -> {}),
            scalar("platform", EngineKeys::platform),
            scalar("pull_policy", EngineKeys::pullPolicy),
            scalar("pull_refresh_after", EngineKeys::pullRefreshAfter),
            scalar("use_api_socket", EngineKeys::apiSocket));

    private EngineKeys() {}

    private static Key<ServiceDraft> host(String name, Set<Key.Shape> shapes, EngineValue value, String member) {
        return member("HostConfig." + member, name, shapes, (node, into, scope) -> {
            into.written.put(name, node.at());
            value.read(node, scope).ifPresent(data -> into.host.put(member, data));
        });
    }

    private static Key<ServiceDraft> container(String name, EngineValue value, String member) {
        return member(member, name, ONE, (node, into, scope) -> {
            into.written.put(name, node.at());
            value.read(node, scope).ifPresent(data -> into.container.put(member, data));
        });
    }

    /// Rule: Compose Specification, "expose": a port or a range, and a protocol.
    private static void expose(Node node, ServiceDraft into, Scope scope) {
        into.written.put("expose", node.at());
        var exposed = new TreeMap<String, Data>();
        if (node instanceof Node.Sequence list) {
            for (var item : list.items()) {
                Fields.made(item, scope, "write a port, such as \"80\" or \"8000-8010/udp\"", Ports::exposed)
                        .ifPresent(ports -> ports.forEach(port -> exposed.put(port, Data.mapping())));
            }
        }
        into.container.put("ExposedPorts", new Data.Mapping(exposed));
    }

    /// It says what `docker compose up` prints.
    private static void ignore(Node node, ServiceDraft into, Scope scope) {
        Fields.flag(node, scope);
    }

    private static void platform(Node node, ServiceDraft into, Scope scope) {
        Fields.made(node, scope, "write one such as linux/amd64", Platform::parse)
                .filter(written -> !written.matches(scope.platform()))
                .ifPresent(written -> scope.report()
                        .error(
                                node.at(),
                                "'" + written + "' is another platform than " + scope.platform(),
                                "a seed is for machines like the one that it is made on",
                                "remove it, or make the seed on such a machine; the images alone: hostseed bundle --platform "
                                        + written));
    }

    private static void pullPolicy(Node node, ServiceDraft into, Scope scope) {
        Fields.text(node, scope).ifPresent(text -> {
            if (text.equals("build")) {
                into.alwaysBuilt = true;
                into.written.put("pull_policy", node.at());
            } else if (isRefreshing(text)) {
                into.refreshed = true;
            } else if (!Set.of("never", "missing", "if_not_present").contains(text)) {
                scope.report().error(node.at(), "'" + text + "' is not a policy", "write never, or remove it");
            }
        });
    }

    private static boolean isRefreshing(String policy) {
        return Set.of("always", "daily", "weekly", "refresh").contains(policy)
                || policy.startsWith("every_") && isDuration(policy.substring("every_".length()));
    }

    private static boolean isDuration(String text) {
        try {
            return Durations.parse(text).isPositive();
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static void pullRefreshAfter(Node node, ServiceDraft into, Scope scope) {
        Fields.made(node, scope, "write one such as 24h", Durations::parse)
                .ifPresent(ignored -> scope.report()
                        .warn(
                                node.at(),
                                "'pull_refresh_after' has no effect",
                                "a host that boots offline pulls nothing",
                                "remove it"));
    }

    private static void macAddress(Node node, ServiceDraft into, Scope scope) {
        into.written.put("mac_address", node.at());
        into.macAddress = MacAddresses.read(node, scope);
    }

    private static void apiSocket(Node node, ServiceDraft into, Scope scope) {
        Fields.flag(node, scope)
                .filter(wanted -> wanted)
                .ifPresent(wanted -> scope.report()
                        .error(
                                node.at(),
                                "'use_api_socket' hands on the registries' credentials of whoever runs Compose",
                                "a host has none",
                                "bind /var/run/docker.sock if the container may rule the host"));
    }
}
