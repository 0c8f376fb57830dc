package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.Dependency;
import dev.hostseed.core.host.Dependency.Condition;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;

/// `depends_on` of a service: by name, what is waited for.
final class DependencyKeys {
    static final Keys<Draft> KEYS = Keys.<Draft>of(
            scalar(
                    "condition",
                    (node, into, scope) -> Fields.made(
                                    node,
                                    scope,
                                    "write service_started, service_healthy or service_completed_successfully",
                                    DependencyKeys::condition)
                            .ifPresent(c -> into.condition = c)),
            scalar("restart", (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.restart = f)),
            scalar("required", (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.required = f)));

    private DependencyKeys() {}

    static final class Draft {
        Condition condition = Condition.STARTED;
        boolean required = true;
        boolean restart;
    }

    static void read(Node node, ServiceDraft into, Scope scope) {
        if (!(node instanceof Node.Mapping others)) {
            Fields.refuseNameless(node, scope);
            return;
        }
        for (var other : others.entries()) {
            var draft = new Draft();
            KEYS.read(other.value(), draft, scope);
            if (other.value() instanceof Node.Mapping keys
                    && keys.find("condition").isEmpty()) {
                scope.report()
                        .error(
                                other.key().at(),
                                "'depends_on' without a condition",
                                "write condition: service_started");
            }
            depend(other.key().text(), other.key().at(), draft, into, scope);
        }
    }

    private static void depend(String name, Position at, Draft draft, ServiceDraft into, Scope scope) {
        Fields.made(name, at, scope, "write the name of a service", ServiceName::new)
                .ifPresent(on -> into.dependencies.add(
                        new Located<>(at, new Dependency(on, draft.condition, draft.required, draft.restart))));
    }

    private static Condition condition(String text) {
        return switch (text) {
            case "service_started" -> Condition.STARTED;
            case "service_healthy" -> Condition.HEALTHY;
            case "service_completed_successfully" -> Condition.COMPLETED_SUCCESSFULLY;
            default -> throw new IllegalArgumentException("'" + text + "' is not a condition");
        };
    }
}
