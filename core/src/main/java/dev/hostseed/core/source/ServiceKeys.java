package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.MAPPING;
import static dev.hostseed.core.source.Key.Shape.NULLABLE;
import static dev.hostseed.core.source.Key.Shape.SCALAR;
import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.refused;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Process.Words;
import dev.hostseed.core.host.RestartPolicy;
import dev.hostseed.core.notation.Digits;
import dev.hostseed.core.notation.Durations;
import dev.hostseed.core.yaml.Node;
import java.util.Optional;
import java.util.Set;

/// Every key that a service can have.
final class ServiceKeys {
    static final Keys<ServiceDraft> KEYS = Keys.<ServiceDraft>of(
                    scalar("image", ServiceKeys::image),
                    of(
                            "command",
                            Set.of(NULLABLE, SCALAR, LIST),
                            (node, into, scope) -> words(node, scope).ifPresent(words -> into.command = words)),
                    of(
                            "entrypoint",
                            Set.of(NULLABLE, SCALAR, LIST),
                            (node, into, scope) -> words(node, scope).ifPresent(words -> into.entrypoint = words)),
                    of("environment", Set.of(LIST, MAPPING), EnvironmentKeys::environment),
                    of("env_file", Set.of(SCALAR, LIST), EnvironmentKeys::files),
                    scalar(
                            "user",
                            (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.user = text)),
                    scalar(
                            "working_dir",
                            (node, into, scope) ->
                                    absolute(node, scope).ifPresent(text -> into.workingDirectory = text)),
                    of("labels", Set.of(LIST, MAPPING), LabelKeys::labels),
                    list("label_file", LabelKeys::files),
                    list("ports", PortKeys::read),
                    list("volumes", MountKeys::read),
                    of("networks", Set.of(LIST, MAPPING), AttachmentKeys::read),
                    of("depends_on", Set.of(LIST, MAPPING), DependencyKeys::read),
                    Key.mapping("healthcheck", HealthKeys::read),
                    of("restart", Set.of(SCALAR), ServiceKeys::restart),
                    scalar("stop_grace_period", ServiceKeys::stopGracePeriod),
                    Key.mapping("build", BuildKeys::read),
                    list("secrets", GrantKeys::secrets),
                    list("configs", GrantKeys::configs),
                    list("links", LinkKeys::links),
                    list("volumes_from", LinkKeys::volumesFrom),
                    Key.mapping("deploy", DeployKeys::read),
                    scalar("scale", DeployKeys::scale),
                    list("pre_start", HookKeys::preStart),
                    list("post_start", HookKeys::postStart),
                    list("pre_stop", HookKeys::preStop),
                    list("profiles", (node, into, scope) -> {}), // read before the others: see ProjectKeys
                    of("extends", Set.of(SCALAR, MAPPING), (node, into, scope) -> {}), // resolved: see Extending
                    refused(
                            "external_links",
                            "names a container that nothing here makes",
                            "describe it as a service, or put both on an external network"),
                    refused(
                            "models",
                            "needs a plugin of Compose, which the host has not",
                            "describe what serves the model as a service"),
                    refused(
                            "provider",
                            "needs a plugin of Compose, which the host has not",
                            "describe what it provides as a service"))
            .and(EngineKeys.KEYS);

    private ServiceKeys() {}

    private static void image(Node node, ServiceDraft into, Scope scope) {
        into.image =
                Fields.made(node, scope, "write [registry/]name[:tag], the name in lower case", ImageReference::parse);
        into.image
                .filter(image -> image.tag().equals("latest") && image.digest().isEmpty())
                .filter(image -> !Fields.text(node, scope).orElse("").endsWith(":latest"))
                .ifPresent(image -> scope.report()
                        .info(node.at(), "'" + image.name() + "' has no tag, taking latest", "write the tag you mean"));
    }

    /// Nothing is the image's, as if the key were not there.
    static Optional<Words> words(Node node, Scope scope) {
        return switch (node) {
            case Node.Sequence list -> {
                list.items().forEach(item -> refuseUnlessArgument(item, scope));
                yield Optional.of(new Words.Written(Fields.texts(list, false, scope)));
            }
            default -> Optional.of(new Words.Inherited());
        };
    }

    private static void refuseUnlessArgument(Node item, Scope scope) {
        if (item instanceof Node.Scalar(var at, var text, var ignored)) {
            Passable.asArgument(text, "a word of a command", at, scope);
        }
    }

    static Optional<String> absolute(Node node, Scope scope) {
        return Fields.text(node, scope).filter(text -> {
            if (!text.startsWith("/")) {
                scope.report().error(node.at(), "'" + text + "' is not an absolute path", "start it with /");
            }
            return text.startsWith("/");
        });
    }

    private static void restart(Node node, ServiceDraft into, Scope scope) {
        Fields.made(node, scope, "write no, always, on-failure[:N] or unless-stopped", ServiceKeys::policy)
                .ifPresent(policy -> into.restart = policy);
        into.written.put("restart", node.at());
    }

    private static void stopGracePeriod(Node node, ServiceDraft into, Scope scope) {
        Fields.made(node, scope, "write one such as 30s or 1m30s", Durations::parse)
                .ifPresent(period -> {
                    into.stopGracePeriod = period;
                    into.container.put("StopTimeout", new Data.Whole(Durations.seconds(period)));
                });
    }

    private static RestartPolicy policy(String text) {
        var retries = text.startsWith("on-failure:") ? Digits.number(text.substring(11)) : 0;
        return switch (text) {
            case "no", "false" -> new RestartPolicy.Never();
            case "always", "unless-stopped" -> new RestartPolicy.Always();
            case String other
            when retries >= 0 && other.startsWith("on-failure") && isWhole(other) ->
                new RestartPolicy.OnFailure(retries);
            default -> throw new IllegalArgumentException("'" + text + "' is not a restart policy");
        };
    }

    private static boolean isWhole(String onFailure) {
        return onFailure.length() == "on-failure".length() || onFailure.charAt("on-failure".length()) == ':';
    }
}
