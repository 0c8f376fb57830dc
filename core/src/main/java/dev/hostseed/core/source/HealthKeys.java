package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.SCALAR;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.Health;
import dev.hostseed.core.notation.Durations;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// `healthcheck` of a service.
final class HealthKeys {
    static final Keys<Draft> KEYS = Keys.<Draft>of(
            of("test", Set.of(SCALAR, LIST), HealthKeys::test),
            scalar("interval", (node, into, scope) -> into.interval = duration(node, scope)),
            scalar("timeout", (node, into, scope) -> into.timeout = duration(node, scope)),
            scalar("start_period", (node, into, scope) -> into.startPeriod = duration(node, scope)),
            Key.since(44, scalar("start_interval", (node, into, scope) -> into.startInterval = duration(node, scope))),
            scalar(
                    "retries",
                    (node, into, scope) ->
                            Fields.whole(node, 0, 1_000_000, scope).ifPresent(n -> into.retries = n)),
            scalar("disable", (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.disabled = f)));

    private HealthKeys() {}

    static final class Draft {
        List<String> test = List.of();
        Duration interval = Duration.ZERO;
        Duration timeout = Duration.ZERO;
        Duration startPeriod = Duration.ZERO;
        Duration startInterval = Duration.ZERO;
        int retries;
        boolean disabled;
    }

    static void read(Node node, ServiceDraft into, Scope scope) {
        var draft = new Draft();
        KEYS.read(node, draft, scope);
        if (!draft.startInterval.isZero() && draft.startPeriod.isZero()) {
            scope.report()
                    .as(Code.L05)
                    .error(
                            keyAt(node, "start_interval"),
                            "'start_interval' without 'start_period'",
                            "the Engine refuses it",
                            "write both");
        }
        into.health = draft.disabled
                ? new Health.Disabled()
                : new Health.Check(
                        draft.test,
                        draft.interval,
                        draft.timeout,
                        draft.retries,
                        draft.startPeriod,
                        draft.startInterval);
    }

    private static Position keyAt(Node node, String key) {
        return node instanceof Node.Mapping mapping
                ? mapping.entry(key).map(e -> e.key().at()).orElse(node.at())
                : node.at();
    }

    private static void test(Node node, Draft into, Scope scope) {
        var words = node instanceof Node.Sequence list ? Fields.texts(list, false, scope) : List.<String>of();
        var kind = words.isEmpty() ? "" : words.getFirst();
        var fits = switch (kind) {
            case "NONE" -> words.size() == 1;
            case "CMD" -> words.size() > 1;
            case "CMD-SHELL" -> words.size() == 2;
            default -> false;
        };
        if (!fits) {
            scope.report()
                    .error(
                            node.at(),
                            "a test that starts with '" + kind + "' and has " + words.size() + " words",
                            "write [CMD, program, argument…], [CMD-SHELL, line] or [NONE]");
            return;
        }
        into.disabled |= kind.equals("NONE");
        into.test = kind.equals("NONE") ? List.of() : words;
    }

    private static Duration duration(Node node, Scope scope) {
        var duration = Fields.made(node, scope, "write one such as 30s or 1m30s", Durations::parse)
                .orElse(Duration.ZERO);
        if (!duration.isZero() && duration.compareTo(Duration.ofMillis(1)) < 0) {
            scope.report().error(node.at(), "shorter than a millisecond", "the Engine refuses it", "write 1ms or more");
        }
        return duration;
    }
}
