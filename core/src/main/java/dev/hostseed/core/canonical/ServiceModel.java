package dev.hostseed.core.canonical;

import static dev.hostseed.core.canonical.Types.ANY;
import static dev.hostseed.core.canonical.Types.BYTES;
import static dev.hostseed.core.canonical.Types.DURATION;
import static dev.hostseed.core.canonical.Types.FLAG;
import static dev.hostseed.core.canonical.Types.NUMBER;
import static dev.hostseed.core.canonical.Types.PAIRS;
import static dev.hostseed.core.canonical.Types.TEXT;
import static dev.hostseed.core.canonical.Types.TEXTS;
import static dev.hostseed.core.canonical.Types.TRUTH;
import static dev.hostseed.core.canonical.Types.VARIABLES;
import static dev.hostseed.core.canonical.Types.byName;
import static dev.hostseed.core.canonical.Types.keys;
import static dev.hostseed.core.canonical.Types.list;

import dev.hostseed.core.canonical.Types.Type;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The types of all keys of a service.
///
/// Rule: compose-go, `types`.
final class ServiceModel {
    private final Paths paths;

    ServiceModel(Paths paths) {
        this.paths = paths;
    }

    Type type() {
        var types = new HashMap<String, Type>();
        all(types, TEXT, """
                cgroup cgroup_parent container_name cpuset domainname hostname image ipc isolation mac_address \
                network_mode pid platform pull_policy pull_refresh_after restart runtime stop_signal user \
                userns_mode uts working_dir""");
        all(types, NUMBER, """
                cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus \
                oom_score_adj pids_limit scale""");
        all(types, BYTES, "mem_limit mem_reservation memswap_limit mem_swappiness shm_size");
        all(types, FLAG, "oom_kill_disable privileged read_only stdin_open tty use_api_socket");
        all(types, TRUTH, "attach init");
        all(types, TEXTS, """
                cap_add cap_drop device_cgroup_rules dns dns_opt dns_search expose external_links extra_hosts \
                group_add links profiles security_opt tmpfs volumes_from""");
        all(types, PAIRS, "annotations labels storage_opt sysctls");
        all(types, ServiceModel::words, "command entrypoint");
        all(types, list(hook()), "pre_start post_start pre_stop");
        types.put("blkio_config", blockInput());
        types.put("build", new BuildModel(paths).type());
        types.put("configs", list(grant()));
        types.put("credential_spec", keys(Map.of("config", TEXT, "file", TEXT, "registry", TEXT)));
        types.put("depends_on", byName(keys(Map.of("condition", TEXT, "restart", FLAG, "required", TRUTH))));
        types.put("deploy", deploy());
        types.put("devices", list(keys(Map.of("source", TEXT, "target", TEXT, "permissions", TEXT))));
        types.put("env_file", node -> Optional.empty()); // its variables are under `environment`
        types.put("environment", VARIABLES);
        types.put("gpus", list(device()));
        types.put("healthcheck", health());
        types.put("label_file", list(paths::file));
        types.put("logging", keys(Map.of("driver", TEXT, "options", PAIRS)));
        types.put("networks", byName(ServiceModel::attachment));
        types.put("ports", ServiceModel::ports);
        types.put("secrets", list(grant()));
        types.put("stop_grace_period", DURATION);
        types.put("ulimits", byName(limit()));
        types.put("volumes", list(mount()));
        return node -> keys(types).of(node).map(ServiceModel::withWords);
    }

    private static void all(Map<String, Type> types, Type type, String keys) {
        for (var key : keys.split(" ")) {
            types.put(key, type);
        }
    }

    /// Null for what is the image's, which is told too.
    private static Data withWords(Data service) {
        if (!(service instanceof Data.Mapping mapping)) {
            return service;
        }
        var with = mapping;
        for (var key : new String[] {"command", "entrypoint"}) {
            with = with.find(key).isPresent() ? with : with.with(key, Data.Null.NULL);
        }
        return with;
    }

    /// No word at all says something too.
    static Optional<Data> words(Node node) {
        return node instanceof Node.Sequence list && list.items().isEmpty()
                ? Optional.of(Data.texts(List.of()))
                : TEXTS.of(node);
    }

    private static Type hook() {
        return keys(Map.of(
                "command", ServiceModel::words,
                "environment", VARIABLES,
                "image", TEXT,
                "per_replica", FLAG,
                "privileged", FLAG,
                "user", TEXT,
                "working_dir", TEXT));
    }

    private static Type blockInput() {
        var rate = list(keys(Map.of("path", TEXT, "rate", BYTES)));
        return keys(Map.of(
                "weight", NUMBER,
                "weight_device", list(keys(Map.of("path", TEXT, "weight", NUMBER))),
                "device_read_bps", rate,
                "device_read_iops", rate,
                "device_write_bps", rate,
                "device_write_iops", rate));
    }

    /// Of a secret or a config.
    static Type grant() {
        return keys(Map.of("source", TEXT, "target", TEXT, "uid", TEXT, "gid", TEXT, "mode", ServiceModel::mode));
    }

    private static Optional<Data> mode(Node node) {
        return TEXT.of(node)
                .map(data -> Modes.bits(node)
                        .<Data>map(bits -> new Data.Text("0" + Integer.toOctalString(bits)))
                        .orElse(data));
    }

    private static Optional<Data> modeNumber(Node node) {
        return TEXT.of(node)
                .map(data -> Modes.bits(node).<Data>map(Data.Whole::new).orElse(data));
    }

    private static Type deploy() {
        var update = keys(Map.of(
                "parallelism", NUMBER,
                "delay", DURATION,
                "failure_action", TEXT,
                "monitor", DURATION,
                "max_failure_ratio", NUMBER,
                "order", TEXT));
        var resource = keys(Map.of(
                "cpus", NUMBER,
                "memory", BYTES,
                "pids", NUMBER,
                "devices", list(device()),
                "generic_resources", ANY));
        return withMembers(
                keys(Map.of(
                        "mode", TEXT,
                        "replicas", NUMBER,
                        "labels", PAIRS,
                        "update_config", update,
                        "rollback_config", update,
                        "resources", keys(Map.of("limits", resource, "reservations", resource)),
                        "restart_policy",
                                keys(Map.of(
                                        "condition", TEXT,
                                        "delay", DURATION,
                                        "max_attempts", NUMBER,
                                        "window", DURATION)),
                        "placement", keys(Map.of("constraints", TEXTS, "max_replicas_per_node", NUMBER)),
                        "endpoint_mode", TEXT)),
                "resources",
                "placement");
    }

    /// Compose tells these members as empty ones if they are not written.
    static Type withMembers(Type type, String... members) {
        return node -> type.of(node).map(data -> {
            var with = data;
            for (var member : members) {
                with = with instanceof Data.Mapping mapping
                                && mapping.find(member).isEmpty()
                        ? mapping.with(member, Data.mapping())
                        : with;
            }
            return with;
        });
    }

    private static Type device() {
        return node -> keys(Map.of(
                        "capabilities", TEXTS,
                        "driver", TEXT,
                        "count", ServiceModel::count,
                        "device_ids", TEXTS,
                        "options", PAIRS))
                .of(node)
                .map(data -> data instanceof Data.Mapping mapping
                                && mapping.find("count").isEmpty()
                                && mapping.find("device_ids").isEmpty()
                        ? mapping.with("count", -1)
                        : data);
    }

    private static Optional<Data> count(Node node) {
        return node instanceof Node.Scalar scalar && scalar.text().equals("all")
                ? Optional.of(new Data.Whole(-1))
                : NUMBER.of(node);
    }

    private static Type health() {
        return keys(Map.of(
                "test", TEXTS,
                "interval", DURATION,
                "timeout", DURATION,
                "retries", NUMBER,
                "start_period", DURATION,
                "start_interval", DURATION,
                "disable", FLAG));
    }

    private static Optional<Data> attachment(Node node) {
        return keys(Map.of(
                        "aliases", TEXTS,
                        "driver_opts", PAIRS,
                        "gw_priority", NUMBER,
                        "interface_name", TEXT,
                        "ipv4_address", TEXT,
                        "ipv6_address", TEXT,
                        "link_local_ips", TEXTS,
                        "mac_address", TEXT,
                        "priority", NUMBER))
                .of(node)
                .or(() -> Optional.of(Data.Null.NULL));
    }

    private static Optional<Data> ports(Node node) {
        var type = list(keys(Map.of(
                "name", TEXT,
                "mode", TEXT,
                "host_ip", TEXT,
                "target", NUMBER,
                "published", TEXT,
                "protocol", TEXT,
                "app_protocol", TEXT)));
        return type.of(PortRanges.each(node));
    }

    static Type limit() {
        return node -> node instanceof Node.Mapping
                ? keys(Map.of("soft", NUMBER, "hard", NUMBER)).of(node)
                : NUMBER.of(node);
    }

    private Type mount() {
        var members = keys(Map.of(
                "type", TEXT,
                "source", TEXT,
                "target", TEXT,
                "read_only", FLAG,
                "consistency", TEXT,
                "bind",
                        keys(Map.of(
                                "create_host_path", TRUTH, "propagation", TEXT, "recursive", TEXT, "selinux", TEXT)),
                "volume", keys(Map.of("nocopy", FLAG, "subpath", TEXT, "labels", PAIRS)),
                "tmpfs", keys(Map.of("size", BYTES, "mode", ServiceModel::modeNumber)),
                "image", keys(Map.of("subpath", TEXT))));
        return node -> members.of(paths.mount(node));
    }
}
