package dev.hostseed.core.canonical;

import static dev.hostseed.core.canonical.Types.BYTES;
import static dev.hostseed.core.canonical.Types.FLAG;
import static dev.hostseed.core.canonical.Types.PAIRS;
import static dev.hostseed.core.canonical.Types.TEXT;
import static dev.hostseed.core.canonical.Types.TEXTS;
import static dev.hostseed.core.canonical.Types.byName;
import static dev.hostseed.core.canonical.Types.keys;
import static dev.hostseed.core.canonical.Types.list;

import dev.hostseed.core.canonical.Types.Type;
import java.util.HashMap;

/// The types of all keys of `build`.
///
/// Rule: compose-go, `types.BuildConfig`.
final class BuildModel {
    private final Paths paths;

    BuildModel(Paths paths) {
        this.paths = paths;
    }

    Type type() {
        var types = new HashMap<String, Type>();
        for (var key : "dockerfile dockerfile_inline isolation network provenance sbom target".split(" ")) {
            types.put(key, TEXT);
        }
        for (var key : "no_cache privileged pull".split(" ")) {
            types.put(key, FLAG);
        }
        for (var key : "cache_from cache_to entitlements extra_hosts no_cache_filter platforms tags".split(" ")) {
            types.put(key, TEXTS);
        }
        types.put("additional_contexts", byName(paths::context));
        types.put("args", byName(TEXT)); // one that is unknown is as if it were not written
        types.put("context", paths::context);
        types.put("labels", PAIRS);
        types.put("secrets", list(ServiceModel.grant()));
        types.put("shm_size", BYTES);
        types.put("ulimits", byName(ServiceModel.limit()));
        return keys(types);
    }
}
