package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// A create body as the version of the API that the Engine speaks can take it.
final class ApiFit {
    private ApiFit() {}

    static Data.Mapping fit(Data.Mapping create, Engine engine) throws IOException {
        var body = create;
        if (!engine.speaks(44)) {
            body = withoutStartInterval(body);
        }
        return engine.speaks(42) ? body : withBinds(body);
    }

    private static Data.Mapping withoutStartInterval(Data.Mapping create) {
        var check = Fields.findMapping(create, "Healthcheck");
        return check == null ? create : create.with("Healthcheck", without(check, "StartInterval"));
    }

    /// `CreateMountpoint` came with 1.42; before, only a bind written as one text makes a missing source. A path with a
    /// colon cannot be written so: its source has to be there.
    private static Data.Mapping withBinds(Data.Mapping create) throws IOException {
        var host = Fields.mapping(create, "HostConfig");
        if (!(host.entries().get("Mounts") instanceof Data.Sequence(var all))) {
            return create;
        }
        var mounts = new ArrayList<Data>();
        var binds = new ArrayList<String>();
        for (var item : all) {
            var mount = Fields.mapping(item);
            var source = Fields.findText(mount, "Source");
            var target = Fields.text(mount, "Target");
            if (Fields.findMapping(mount, "BindOptions") == null || (source + target).indexOf(':') >= 0) {
                mounts.add(without(mount, "BindOptions"));
            } else {
                binds.add(source + ":" + target + (Fields.truth(mount, "ReadOnly") ? ":ro" : ""));
            }
        }
        return create.with(
                "HostConfig",
                without(host, "Mounts")
                        .withUnlessEmpty("Mounts", new Data.Sequence(mounts))
                        .withUnlessEmpty("Binds", Data.texts(binds)));
    }

    private static Data.Mapping without(Data.Mapping from, String key) {
        var kept = new LinkedHashMap<>(from.entries());
        kept.remove(key);
        return new Data.Mapping(kept);
    }
}
