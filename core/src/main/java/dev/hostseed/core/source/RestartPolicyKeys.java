package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.RestartPolicy;
import dev.hostseed.core.host.RestartPolicy.Pace;
import dev.hostseed.core.notation.Durations;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.yaml.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// `deploy.restart_policy` of a service.
///
/// Rule: Compose Deploy Specification, "restart_policy"; beyond it, Compose takes the words of `restart`.
final class RestartPolicyKeys {
    static final Keys<Draft> KEYS = Keys.<Draft>of(
            scalar(
                    "condition",
                    (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> {
                        into.condition = text;
                        into.at = node;
                    })),
            scalar("delay", (node, into, scope) -> time(node, scope, time -> into.pause = Optional.of(time))),
            scalar(
                    "max_attempts",
                    (node, into, scope) ->
                            Fields.whole(node, 0, 999_999_999, scope).ifPresent(number -> into.attempts = number)),
            scalar("window", (node, into, scope) -> time(node, scope, time -> into.window = Optional.of(time))));

    private RestartPolicyKeys() {}

    static final class Draft {
        Node at;
        String condition = "any";
        Optional<Duration> pause = Optional.empty();
        Optional<Duration> window = Optional.empty();
        int attempts;

        Draft(Node at) {
            this.at = at;
        }

        private RestartPolicy policy() {
            var plain = new Pace(attempts);
            var pace = new Pace(attempts, pause.orElse(plain.pause()), window.orElse(plain.window()));
            return switch (condition) {
                case "none", "no" -> new RestartPolicy.Never();
                case "on-failure" -> new RestartPolicy.OnFailure(pace);
                case "any", "always", "unless-stopped" -> new RestartPolicy.Always(pace);
                default -> throw new IllegalArgumentException("'" + condition + "' is not a condition");
            };
        }
    }

    static void read(Node node, ServiceDraft into, Scope scope) {
        var draft = new Draft(node);
        KEYS.read(node, draft, scope);
        Fields.made("", draft.at.at(), scope, "write none, on-failure or any", ignored -> draft.policy())
                .ifPresent(policy -> into.deployedRestart = Optional.of(new Located<>(node.at(), policy)));
    }

    private static void time(Node node, Scope scope, Consumer<Duration> to) {
        Fields.made(node, scope, "write one such as 5s or 1m30s", Durations::parse)
                .ifPresent(to);
    }
}
