package dev.hostseed.core.source;

import dev.hostseed.core.problem.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The codes of what is wrong with the values of keys: that of the nearest key around the value which has one here.
final class KeyCodes {
    private static final Map<String, Code> BY_KEY = new HashMap<>();

    static {
        put(Code.C04, "cloud_config");
        put(Code.L02, "services", "networks", "x-host");
        put(Code.L04, "depends_on");
        put(Code.N04, "container_name");
        put(Code.N06, "hostname", "domainname", "extra_hosts");
        put(Code.N07, "image");
        put(Code.N09, "users", "ssh_authorized_keys", "owner");
        put(Code.P01, "volumes", "tmpfs", "working_dir", "devices");
        put(Code.P07, "files");
        put(Code.P08, "ports", "expose");
        put(Code.U12, "environment", "env_file");
        put(
                Code.U16,
                "cpus",
                "cpu_period",
                "cpu_quota",
                "interval",
                "mem_limit",
                "mem_reservation",
                "memswap_limit",
                "shm_size",
                "start_interval",
                "start_period",
                "stop_grace_period",
                "timeout",
                "ulimits");
    }

    private KeyCodes() {}

    /// `scope` for what stands under `key`.
    static Scope within(String key, Scope scope) {
        var code = BY_KEY.get(key);
        return code == null ? scope : scope.as(code);
    }

    private static void put(Code code, String... keys) {
        List.of(keys).forEach(key -> BY_KEY.put(key, code));
    }
}
