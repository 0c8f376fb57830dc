package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.util.Set;
import java.util.TreeMap;

/// `logging` of a service.
///
/// Rule: Compose Specification, "logging"; Engine API, `HostConfig.LogConfig`, where no driver is the daemon's own.
final class LoggingKeys {
    private static final Set<String> OF_THE_JOURNAL = Set.of("journald");
    private static final Set<String> LOCAL = Set.of("journald", "json-file", "local", "none", "");

    static final Keys<Draft> KEYS = Keys.<Draft>of(
            scalar("driver", (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.driver = text)),
            of(
                    "options",
                    Set.of(Key.Shape.MAPPING),
                    (node, into, scope) -> into.options = Fields.options(node, scope)));

    private LoggingKeys() {}

    static final class Draft {
        String driver = "";
        TreeMap<String, String> options = new TreeMap<>();
    }

    static void read(Node node, ServiceDraft into, Scope scope) {
        var draft = new Draft();
        KEYS.read(node, draft, scope);
        if (!LOCAL.contains(draft.driver)) {
            scope.report()
                    .warn(
                            node.at(),
                            "the logging driver '" + draft.driver + "' may need a network or a plugin",
                            "the container does not start without it",
                            "remove it to log to the journal");
        } else if (!OF_THE_JOURNAL.contains(draft.driver)) {
            scope.report()
                    .info(
                            node.at(),
                            "the output of '" + into.name.value() + "' does not go to the journal",
                            "remove 'logging' to have it in journalctl");
        }
        into.host.put("LogConfig", Data.mapping().with("Type", draft.driver).with("Config", Data.texts(draft.options)));
    }
}
