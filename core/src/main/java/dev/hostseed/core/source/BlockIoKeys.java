package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `blkio_config` of a service.
///
/// Rule: Compose Specification, "blkio_config"; Engine API, `HostConfig.Blkio…`.
final class BlockIoKeys {
    private static final EngineValue WEIGHT = EngineValues.whole(10, 1000);

    static final Keys<Draft> WEIGHTS = limited("weight", WEIGHT);
    static final Keys<Draft> RATES = limited("rate", EngineValues.BYTES);

    static final Keys<ServiceDraft> KEYS = Keys.<ServiceDraft>of(
            scalar(
                    "weight",
                    (node, into, scope) ->
                            WEIGHT.read(node, scope).ifPresent(weight -> into.host.put("BlkioWeight", weight))),
            list("weight_device", devices("BlkioWeightDevice", "weight", "Weight", WEIGHTS)),
            list("device_read_bps", devices("BlkioDeviceReadBps", "rate", "Rate", RATES)),
            list("device_read_iops", devices("BlkioDeviceReadIOps", "rate", "Rate", RATES)),
            list("device_write_bps", devices("BlkioDeviceWriteBps", "rate", "Rate", RATES)),
            list("device_write_iops", devices("BlkioDeviceWriteIOps", "rate", "Rate", RATES)));

    private BlockIoKeys() {}

    /// A block device, and what it is limited to.
    static final class Draft {
        private String path = "";
        private Optional<Data> limit = Optional.empty();
    }

    private static Keys<Draft> limited(String key, EngineValue value) {
        return Keys.<Draft>of(
                scalar("path", (node, into, scope) -> Fields.text(node, scope).ifPresent(path -> into.path = path)),
                scalar(
                        key,
                        (node, into, scope) ->
                                into.limit = value.read(node, scope).map(data -> data)));
    }

    private static Key.Parser<ServiceDraft> devices(String member, String key, String limit, Keys<Draft> keys) {
        return (node, into, scope) -> {
            var devices = new ArrayList<Data>();
            for (var item : node instanceof Node.Sequence list ? list.items() : List.<Node>of()) {
                var draft = new Draft();
                keys.read(item, draft, scope);
                if (!draft.path.startsWith("/")) {
                    scope.report().error(item.at(), "a limit without the path of a device", "write path: /dev/…");
                }
                draft.limit.ifPresentOrElse(
                        data -> devices.add(
                                Data.mapping().with("Path", draft.path).with(limit, data)),
                        () -> scope.report().error(item.at(), "a limit without '" + key + "'", "write one"));
            }
            into.host.put(member, new Data.Sequence(devices));
        };
    }
}
