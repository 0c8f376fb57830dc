package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// A body as the version of the API that the Engine speaks can take it. What it would drop is said otherwise, or
/// refused.
final class ApiFit {
    private static final int BAD_REQUEST = 400;

    private ApiFit() {}

    /// @throws EngineRefusedException if it cannot
    static Data.Mapping container(Data.Mapping create, Engine engine) throws IOException {
        refuseUnlessKnown(create, ApiNeed.OF_CONTAINERS, engine);
        var body = engine.speaks(44) ? create : withOneAddress(create);
        for (var endpoint : endpoints(body).entries().values()) {
            refuseUnlessKnown(Fields.mapping(endpoint), ApiNeed.OF_ENDPOINTS, engine);
        }
        return withMounts(body, engine);
    }

    /// @throws EngineRefusedException if `body` has something that the Engine would drop
    static void refuseUnlessKnown(Data.Mapping body, List<ApiNeed> needs, Engine engine) throws IOException {
        for (var need : needs) {
            if (!engine.speaks(need.since().minor()) && need.isIn(body)) {
                throw new EngineRefusedException(
                        BAD_REQUEST,
                        "'" + need.key() + "' needs version " + need.since()
                                + " of the Docker Engine's API, which came with Docker "
                                + need.since().release() + "; this one would ignore it");
            }
        }
    }

    private static Data.Mapping endpoints(Data.Mapping create) {
        var networking = Fields.findMapping(create, "NetworkingConfig");
        var endpoints = networking == null ? null : Fields.findMapping(networking, "EndpointsConfig");
        return endpoints == null ? Data.mapping() : endpoints;
    }

    /// Before 1.44 a container has one address, whatever its network: the one that is made with it.
    private static Data.Mapping withOneAddress(Data.Mapping create) throws IOException {
        var body = create;
        for (var endpoint : endpoints(create).entries().entrySet()) {
            var config = Fields.mapping(endpoint.getValue());
            var address = Fields.findText(config, "MacAddress");
            if (!address.isEmpty()) {
                var others = Data.mapping().with(endpoint.getKey(), without(config, "MacAddress"));
                body = body.with("MacAddress", address)
                        .with("NetworkingConfig", Data.mapping().with("EndpointsConfig", others));
            }
        }
        return body;
    }

    private static Data.Mapping withMounts(Data.Mapping create, Engine engine) throws IOException {
        var host = Fields.findMapping(create, "HostConfig");
        if (engine.speaks(44) || host == null || !(host.entries().get("Mounts") instanceof Data.Sequence(var all))) {
            return create;
        }
        var mounts = new ArrayList<Data>();
        var binds = new ArrayList<Data>(
                host.entries().get("Binds") instanceof Data.Sequence(var texts) ? texts : List.of());
        for (var item : all) {
            var mount = withoutOption(Fields.mapping(item), "ReadOnlyNonRecursive"); // it is never else before 1.44
            if (!engine.speaks(42) && isOneText(mount)) {
                binds.add(new Data.Text(BindText.of(mount, "")));
            } else {
                mounts.add(engine.speaks(42) ? mount : withoutOption(mount, "CreateMountpoint"));
            }
        }
        return create.with(
                "HostConfig",
                without(without(host, "Mounts"), "Binds")
                        .withUnlessEmpty("Mounts", new Data.Sequence(mounts))
                        .withUnlessEmpty("Binds", new Data.Sequence(binds)));
    }

    /// `CreateMountpoint` came with 1.42; before, only a bind written as one text makes a missing source. A path with a
    /// colon, or what is not recursive, cannot be written so: its source has to be there.
    private static boolean isOneText(Data.Mapping mount) throws IOException {
        var options = Fields.findMapping(mount, "BindOptions");
        var paths = Fields.findText(mount, "Source") + Fields.text(mount, "Target");
        return options != null
                && options.entries().containsKey("CreateMountpoint")
                && !options.entries().containsKey("NonRecursive")
                && paths.indexOf(':') < 0;
    }

    private static Data.Mapping withoutOption(Data.Mapping mount, String option) {
        var options = Fields.findMapping(mount, "BindOptions");
        return options == null
                ? mount
                : without(mount, "BindOptions").withUnlessEmpty("BindOptions", without(options, option));
    }

    private static Data.Mapping without(Data.Mapping from, String key) {
        var kept = new LinkedHashMap<>(from.entries());
        kept.remove(key);
        return new Data.Mapping(kept);
    }
}
