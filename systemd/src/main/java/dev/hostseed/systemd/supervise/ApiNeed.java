package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.EngineApi;
import java.util.List;

/// A member of a body that an earlier Engine drops without a word.
///
/// @param path keys between slashes, `*` for any of a list; after a `=` the text that the member has to have
/// @param since the first version of the API that knows it
/// @param key of the Compose file, by which its author knows it
///
/// Rule: Docker Engine API version history.
record ApiNeed(String path, EngineApi since, String key) {
    static final List<ApiNeed> OF_ENDPOINTS = List.of(
            need("MacAddress", 44, "mac_address"),
            need("GwPriority", 48, "gw_priority"),
            need("DriverOpts/com.docker.network.endpoint.ifname", 49, "interface_name"));

    static final List<ApiNeed> OF_CONTAINERS = List.of(
            need("HostConfig/Annotations", 43, "annotations"),
            need("Healthcheck/StartInterval", 44, "start_interval"),
            need("HostConfig/Mounts/*/BindOptions/ReadOnlyForceRecursive", 44, "recursive: readonly"),
            need("HostConfig/Mounts/*/VolumeOptions/Subpath", 45, "subpath"),
            need("HostConfig/Mounts/*/Type=image", 48, "type: image"));

    static final List<ApiNeed> OF_NETWORKS = List.of(need("EnableIPv4", 48, "enable_ipv4: false"));

    private static ApiNeed need(String path, int minor, String key) {
        return new ApiNeed(path, new EngineApi(minor), key);
    }

    boolean isIn(Data.Mapping body) {
        return isIn(body, path);
    }

    private static boolean isIn(Data data, String path) {
        var slash = path.indexOf('/');
        var rest = slash < 0 ? "" : path.substring(slash + 1);
        return switch (data) {
            case Data.Mapping mapping -> {
                var first = slash < 0 ? path : path.substring(0, slash);
                var equals = first.indexOf('=');
                var found = mapping.find(equals < 0 ? first : first.substring(0, equals));
                yield equals < 0
                        ? found.isPresent() && (rest.isEmpty() || isIn(found.get(), rest))
                        : found.filter(new Data.Text(first.substring(equals + 1))::equals)
                                .isPresent();
            }
            case Data.Sequence(var items) -> items.stream().anyMatch(item -> isIn(item, rest));
            default -> false;
        };
    }
}
