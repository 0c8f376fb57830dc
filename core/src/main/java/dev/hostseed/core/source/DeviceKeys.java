package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `devices` of a service: a source, a target and permissions; or the name of a device by CDI as source.
///
/// Rule: Compose Specification, "devices"; Engine API, `DeviceMapping`.
final class DeviceKeys {
    private static final String REMEDY = "write /dev/…[:/dev/…[:rwm]]";

    private static final Pattern QUALIFIED =
            Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]*/[a-zA-Z][a-zA-Z0-9_.-]*=[a-zA-Z0-9][a-zA-Z0-9_.:-]*");

    static final Keys<Draft> KEYS = Keys.<Draft>of(
            scalar("source", (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.source = text)),
            scalar("target", (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.target = text)),
            scalar(
                    "permissions",
                    (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.permissions = text)));

    private DeviceKeys() {}

    static final class Draft {
        String source = "";
        String target = "";
        String permissions = "rwm";

        /// Whether it is named as the Container Device Interface names devices: `vendor/class=name`.
        boolean isQualified() {
            return (target.isEmpty() || target.equals(source))
                    && QUALIFIED.matcher(source).matches();
        }
    }

    static void read(Node node, ServiceDraft into, Scope scope) {
        var devices = new ArrayList<Data>();
        var names = new ArrayList<String>();
        for (var item : node instanceof Node.Sequence list ? list.items() : List.<Node>of()) {
            var draft = new Draft();
            KEYS.read(item, draft, scope);
            if (draft.isQualified()) {
                scope.needs().add(item.at(), "a device by CDI", new EngineApi(44));
                names.add(draft.source);
            } else {
                Fields.made("", item.at(), scope, REMEDY, ignored -> device(draft))
                        .ifPresent(devices::add);
            }
        }
        into.host.put("Devices", new Data.Sequence(devices));
        if (!names.isEmpty()) {
            into.request(Data.mapping().with("Driver", "cdi").with("DeviceIDs", Data.texts(names)));
        }
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
