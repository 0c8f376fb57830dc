package dev.hostseed.core.merge;

import java.util.LinkedHashMap;
import java.util.Map;

/// How a value is put over the one below it, by the place of its key; and what makes two items of a list the same one.
///
/// Rule: Compose Specification, "Merge Compose files", and compose-go, which names more keys than that page.
final class MergeRule {
    enum How {
        /// Mappings by key, lists one after the other, a scalar replaces.
        ANY,
        REPLACE,
        /// `NAME=value` as a list or as a mapping: by name.
        PAIRS,
        /// One text or a list: one after the other.
        TEXTS,
        /// `name=address` as a list or as a mapping: one after the other, since a name may have several.
        HOSTS,
        /// Names as a list, or as a mapping with what is said of each.
        NAMES,
        /// The same, where a name alone says something too.
        DEPENDENCIES,
        /// A path, or a mapping that has it under `context`.
        BUILD,
        /// The options of a driver are merged with those of the same driver.
        LOGGING,
        /// By `subnet`.
        SUBNETS
    }

    /// Of a place that nothing is said of.
    static final MergeRule PLAIN = new MergeRule();

    static final MergeRule ROOT = new MergeRule();

    static {
        all(How.REPLACE, "command", "entrypoint", "healthcheck.test", "ulimits.*");
        all(How.PAIRS, "annotations", "build.additional_contexts", "build.args", "build.labels", "deploy.labels");
        all(How.PAIRS, "environment", "labels", "sysctls");
        all(How.TEXTS, "dns", "dns_opt", "dns_search", "env_file", "label_file", "tmpfs");
        all(How.HOSTS, "build.extra_hosts", "extra_hosts");
        all(How.NAMES, "models", "networks");
        all(How.DEPENDENCIES, "depends_on");
        all(How.BUILD, "build");
        all(How.LOGGING, "logging");
        at("models.*.runtime_flags").how = How.REPLACE;
        at("networks.*.labels").how = How.PAIRS;
        at("networks.*.ipam.config").how = How.SUBNETS;
        at("volumes.*.labels").how = How.PAIRS;

        same(
                ItemIdentity::text,
                "build.platform",
                "build.platforms",
                "build.tags",
                "cap_add",
                "cap_drop",
                "dns",
                "dns_opt",
                "dns_search");
        same(ItemIdentity::text, "build.extra_hosts", "expose", "extra_hosts", "profiles", "tmpfs");
        same(ItemIdentity::text, "networks.*.aliases", "networks.*.link_local_ips");
        same(ItemIdentity::name, "links");
        same(ItemIdentity::path, "env_file", "label_file");
        same(ItemIdentity::port, "ports");
        same(ItemIdentity::target, "devices", "volumes");
        same(item -> ItemIdentity.grant("/run/secrets", item), "secrets");
        same(item -> ItemIdentity.grant("", item), "configs");
        at("x-host.packages").identity = ItemIdentity::text;
        at("x-host.ssh_authorized_keys").identity = ItemIdentity::text;
        at("x-host.users").identity = item -> ItemIdentity.under("name", item);
        at("x-host.files").identity = item -> ItemIdentity.under("path", item);
    }

    private final Map<String, MergeRule> below = new LinkedHashMap<>();
    private How how = How.ANY;
    private ItemIdentity identity = ItemIdentity.NONE;

    private MergeRule() {}

    How how() {
        return how;
    }

    ItemIdentity identity() {
        return identity;
    }

    /// The rule for what stands under `key`.
    MergeRule under(String key) {
        var rule = below.getOrDefault(key, below.get("*"));
        return rule == null ? PLAIN : rule;
    }

    private static void all(How how, String... keysOfServices) {
        for (var key : keysOfServices) {
            at("services.*." + key).how = how;
        }
    }

    private static void same(ItemIdentity identity, String... keysOfServices) {
        for (var key : keysOfServices) {
            at("services.*." + key).identity = identity;
        }
    }

    /// @param path keys between dots; `*` for any
    private static MergeRule at(String path) {
        var rule = ROOT;
        for (var key : path.split("\\.")) {
            rule = rule.below.computeIfAbsent(key, absent -> new MergeRule());
        }
        return rule;
    }
}
