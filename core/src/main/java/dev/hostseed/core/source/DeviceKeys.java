package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.Optional;

/// `devices` of a service: `source[:target[:permissions]]`, or a mapping of these.
///
/// Rule: Compose Specification, "devices"; Engine API, `DeviceMapping`.
final class DeviceKeys {
    private static final String REMEDY = "write /dev/…[:/dev/…[:rwm]]";

    private static final Keys<Draft> KEYS = Keys.<Draft>of(
            scalar("source", (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.source = text)),
            scalar("target", (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.target = text)),
            scalar(
                    "permissions",
                    (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.permissions = text)));

    private DeviceKeys() {}

    private static final class Draft {
        String source = "";
        String target = "";
        String permissions = "rwm";
    }

    static Optional<Data> read(Node node, Scope scope) {
        var devices = new ArrayList<Data>();
        if (node instanceof Node.Sequence list) {
            for (var item : list.items()) {
                device(item, scope).ifPresent(devices::add);
            }
        }
        return Optional.of(new Data.Sequence(devices));
    }

    private static Optional<Data> device(Node item, Scope scope) {
        if (!(item instanceof Node.Mapping)) {
            return Fields.made(item, scope, REMEDY, text -> device(split(text)));
        }
        var draft = new Draft();
        KEYS.read(item, draft, scope);
        return Fields.made("", item.at(), scope, REMEDY, ignored -> device(draft));
    }

    private static Draft split(String text) {
        if (text.matches("[a-z0-9.-]+/[a-zA-Z0-9._-]+=.+")) {
            throw new IllegalArgumentException("'" + text + "', a device by CDI, is not supported yet");
        }
        var parts = text.split(":", -1);
        if (parts.length > 3) {
            throw new IllegalArgumentException("'" + text + "' is not a device of the host");
        }
        var draft = new Draft();
        draft.source = parts[0];
        draft.target = parts.length > 1 ? parts[1] : "";
        draft.permissions = parts.length > 2 ? parts[2] : draft.permissions;
        return draft;
    }

    private static Data device(Draft draft) {
        var target = draft.target.isEmpty() ? draft.source : draft.target;
        if (!draft.source.startsWith("/") || !target.startsWith("/")) {
            throw new IllegalArgumentException("'" + draft.source + "' is not a device of the host");
        }
        if (!draft.permissions.matches("[rwm]{1,3}")) {
            throw new IllegalArgumentException("'" + draft.permissions + "' are not permissions for a device");
        }
        return Data.mapping()
                .with("PathOnHost", draft.source)
                .with("PathInContainer", target)
                .with("CgroupPermissions", draft.permissions);
    }
}
