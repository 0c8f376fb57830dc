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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// `gpus` of a service: `all`, or a list of what is asked for.
///
/// Rule: Compose Specification, "gpus"; Engine API, `DeviceRequest`.
final class GpuKeys {
    private static final EngineValue COUNT = EngineValues.whole(-1, 1000);

    static final Keys<Draft> KEYS = Keys.<Draft>of(
            scalar("driver", (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.driver = text)),
            scalar("count", GpuKeys::count),
            list("device_ids", (node, into, scope) -> into.ids = Fields.textOrTexts(node, scope)),
            list("capabilities", (node, into, scope) -> into.capabilities = Fields.textOrTexts(node, scope)),
            of("options", Set.of(LIST, MAPPING), (node, into, scope) -> into.options = Fields.options(node, scope)));

    private GpuKeys() {}

    static final class Draft {
        private String driver = "";
        private Optional<Data> count = Optional.empty();
        private List<String> ids = List.of();
        private List<String> capabilities = List.of();
        private Map<String, String> options = new TreeMap<>();

        private Data.Mapping request() {
            var all = new ArrayList<>(capabilities);
            all.add("gpu");
            var unsaid = new Data.Whole(ids.isEmpty() ? -1 : 0); // all of them
            return Data.mapping()
                    .with("Driver", driver)
                    .with("Count", count.orElse(unsaid))
                    .withUnlessEmpty("DeviceIDs", Data.texts(ids))
                    .with("Capabilities", new Data.Sequence(List.of(Data.texts(all))))
                    .withUnlessEmpty("Options", Data.texts(options));
        }
    }

    static void read(Node node, ServiceDraft into, Scope scope) {
        if (node instanceof Node.Sequence list) {
            list.items().forEach(item -> read(item, into, scope));
            return;
        }
        var draft = new Draft();
        if (node instanceof Node.Mapping) {
            KEYS.read(node, draft, scope);
        } else {
            scope.report().error(node.at(), "GPUs that nobody knows", "write all, or a list with what is asked for");
        }
        if (draft.count.isPresent() && !draft.ids.isEmpty()) {
            scope.report()
                    .error(node.at(), "'count' beside 'device_ids'", "the Engine refuses it", "remove one of them");
        }
        into.request(draft.request());
    }

    private static void count(Node node, Draft into, Scope scope) {
        into.count = Fields.text(node, scope).orElse("").equalsIgnoreCase("all")
                ? Optional.of(new Data.Whole(-1))
                : COUNT.read(node, scope).map(data -> data);
    }
}
