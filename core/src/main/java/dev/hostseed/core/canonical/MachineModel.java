package dev.hostseed.core.canonical;

import static dev.hostseed.core.canonical.Types.TEXT;
import static dev.hostseed.core.canonical.Types.keys;
import static dev.hostseed.core.canonical.Types.list;

import dev.hostseed.core.canonical.Types.Type;
import dev.hostseed.core.notation.CoreSchema;
import dev.hostseed.core.notation.OldSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The types of `x-host`: the author's own, but for what is cloud-init's, which reads YAML 1.1.
public final class MachineModel {
    /// Of a user, the keys of cloud-init whose values are texts, however they look.
    public static final Set<String> USER_TEXTS = Set.of(
            "name",
            "gecos",
            "homedir",
            "shell",
            "expiredate",
            "hashed_passwd",
            "passwd",
            "inactive",
            "primary_group",
            "selinux_user");

    private static final Type OLD =
            Types.any(scalar -> OldSchema.typed(scalar).orElseGet(() -> CoreSchema.typed(scalar)));

    private MachineModel() {}

    static Type type() {
        var texts = new HashMap<String, Type>();
        USER_TEXTS.forEach(key -> texts.put(key, TEXT));
        return keys(
                Map.of("users", list(keys(texts, OLD)), "cloud_config", OLD, "docker", keys(Map.of("version", TEXT))));
    }
}
