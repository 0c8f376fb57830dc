package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/// `ulimits` of a service.
///
/// Rule: Engine API, `Ulimit`; setrlimit(2).
final class LimitKeys {
    static final Set<String> LIMITS =
            Set.of(("core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack")
                    .split(" "));

    private static final EngineValue NUMBER = EngineValues.whole(-1, 999_999_999);

    static final Keys<Draft> KEYS = Keys.<Draft>of(
            scalar("soft", (node, into, scope) -> into.soft = number(node, scope)),
            scalar("hard", (node, into, scope) -> into.hard = number(node, scope)));

    private LimitKeys() {}

    /// -1 is for no limit.
    static final class Draft {
        Optional<Long> soft = Optional.empty();
        Optional<Long> hard = Optional.empty();
    }

    static Optional<Data> read(Node node, Scope scope) {
        var limits = new ArrayList<Data>();
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().stream()
                    .sorted(Comparator.comparing(entry -> entry.key().text()))
                    .forEach(entry -> limit(entry, scope).ifPresent(limits::add));
        }
        return Optional.of(new Data.Sequence(limits));
    }

    private static Optional<Data> limit(Node.Entry entry, Scope scope) {
        var name = entry.key().text();
        var draft = new Draft();
        if (!LIMITS.contains(name)) {
            scope.report()
                    .error(entry.key().at(), "'" + name + "' is not a resource limit", Nearest.remedy(name, LIMITS));
            return Optional.empty();
        }
        if (entry.value() instanceof Node.Mapping) {
            KEYS.read(entry.value(), draft, scope);
        } else {
            draft.soft = number(entry.value(), scope);
            draft.hard = draft.soft;
        }
        if (draft.soft.isEmpty() || draft.hard.isEmpty()) {
            if (entry.value() instanceof Node.Mapping) {
                scope.report().error(entry.key().at(), "'" + name + "' without both limits", "write soft and hard");
            }
            return Optional.empty();
        }
        long soft = draft.soft.get();
        long hard = draft.hard.get();
        if (hard != -1 && (soft > hard || soft == -1)) {
            scope.report()
                    .error(entry.value().at(), "the soft limit is above the hard one", "write it at most as high");
        }
        return Optional.of(Data.mapping().with("Name", name).with("Soft", soft).with("Hard", hard));
    }

    private static Optional<Long> number(Node node, Scope scope) {
        return NUMBER.read(node, scope).map(data -> ((Data.Whole) data).value());
    }
}
