package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.MAPPING;
import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Devices that a driver of the Engine finds: `gpus` and `deploy.resources.reservations.devices` of a service.
///
/// Rule: Compose Specification, "gpus"; Compose Deploy Specification, "devices"; Engine API, `DeviceRequest`.
final class DeviceRequestKeys {
    /// As many as there are.
    private static final Data.Whole ALL = new Data.Whole(-1);

    private static final EngineValue COUNT = EngineValues.whole(-1, 999_999_999);

    static final Keys<Draft> KEYS = Keys.<Draft>of(
            list("capabilities", (node, into, scope) -> into.capabilities = Fields.textOrTexts(node, scope)),
            scalar("count", DeviceRequestKeys::count),
            list("device_ids", (node, into, scope) -> into.ids = Fields.textOrTexts(node, scope)),
            scalar("driver", (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.driver = text)),
            of(
                    "options",
                    Set.of(LIST, MAPPING),
                    (node, into, scope) -> into.options = Data.texts(Fields.options(node, scope))));

    private DeviceRequestKeys() {}

    static final class Draft {
        private List<String> capabilities = List.of();
        private Optional<Data> count = Optional.empty();
        private List<String> ids = List.of();
        private String driver = "";
        private Data.Mapping options = Data.mapping();

        private Data.Mapping request(String... alsoCapable) {
            var all = new ArrayList<>(capabilities);
            all.addAll(List.of(alsoCapable));
            return Data.mapping()
                    .with("Driver", driver)
                    .with("Count", count.orElse(ids.isEmpty() ? ALL : new Data.Whole(0)))
                    .withUnlessEmpty("DeviceIDs", Data.texts(ids))
                    .with("Capabilities", new Data.Sequence(List.of(Data.texts(all))))
                    .withUnlessEmpty("Options", options);
        }
    }

    /// `all`, or a list of what is asked for; each can do what a GPU can.
    static void gpus(Node node, ServiceDraft into, Scope scope) {
        if (!(node instanceof Node.Sequence list)) {
            scope.report().error(node.at(), "GPUs that nobody knows", "write all, or a list with what is asked for");
            return;
        }
        for (var item : list.items()) {
            into.request(draft(item, scope).request("gpu"));
        }
    }

    static void devices(Node node, ServiceDraft into, Scope scope) {
        if (!(node instanceof Node.Sequence list)) {
            return;
        }
        for (var item : list.items()) {
            var draft = draft(item, scope);
            if (draft.capabilities.isEmpty()) {
                scope.report().error(item.at(), "a device without 'capabilities'", "write what it must be able to do");
            }
            into.request(draft.request());
        }
    }

    private static Draft draft(Node item, Scope scope) {
        var draft = new Draft();
        KEYS.read(item, draft, scope);
        if (draft.count.isPresent() && !draft.ids.isEmpty()) {
            scope.report()
                    .error(item.at(), "'count' beside 'device_ids'", "the Engine refuses it", "remove one of them");
        }
        return draft;
    }

    private static void count(Node node, Draft into, Scope scope) {
        into.count = Fields.text(node, scope).filter("all"::equalsIgnoreCase).isPresent()
                ? Optional.of(ALL)
                : COUNT.read(node, scope).map(data -> data);
    }
}
