package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.MAPPING;
import static dev.hostseed.core.source.Key.Shape.NULLABLE;
import static dev.hostseed.core.source.Key.Shape.SCALAR;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.Hooks;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Process;
import dev.hostseed.core.host.Process.Words;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// `pre_start`, `post_start` and `pre_stop` of a service: lists of what to run.
final class HookKeys {
    static final Keys<Draft> COMMAND = Keys.<Draft>of(
            of(
                    "command",
                    Set.of(NULLABLE, SCALAR, LIST),
                    (node, into, scope) -> ServiceKeys.words(node, scope).ifPresent(words -> into.command = words)),
            scalar("user", (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.user = text)),
            scalar("privileged", HookKeys::privileged),
            scalar(
                    "working_dir",
                    (node, into, scope) ->
                            ServiceKeys.absolute(node, scope).ifPresent(text -> into.workingDirectory = text)),
            of(
                    "environment",
                    Set.of(LIST, MAPPING),
                    (node, into, scope) -> EnvironmentKeys.environment(node, into.environment, scope)));

    static final Keys<Draft> STEP = COMMAND.and(Keys.<Draft>of(
            scalar(
                    "image",
                    (node, into, scope) -> into.image = Fields.made(
                            node, scope, "write [registry/]name[:tag], the name in lower case", ImageReference::parse)),
            scalar(
                    "per_replica",
                    (node, into, scope) -> Fields.flag(node, scope).ifPresent(flag -> into.perReplica = flag))));

    private HookKeys() {}

    /// One hook while its keys are read.
    static final class Draft {
        final Position at;
        Words command = new Words.Inherited();
        Optional<ImageReference> image = Optional.empty();
        final SortedMap<String, String> environment = new TreeMap<>();
        String user = "";
        String workingDirectory = "";
        boolean privileged;
        boolean perReplica;

        private Draft(Position at) {
            this.at = at;
        }

        private Hooks.Command command() {
            var words = command instanceof Words.Written(var written) ? written : List.<String>of();
            return new Hooks.Command(words, environment, user, workingDirectory, privileged);
        }

        private Hooks.Step step(ImageReference ofService, ServiceDraft service) {
            var all = new TreeMap<>(service.environment);
            all.putAll(environment);
            return new Hooks.Step(
                    image.orElse(ofService),
                    new Process(
                            new Words.Inherited(),
                            command,
                            all,
                            user.isEmpty() && image.isEmpty() ? service.user : user,
                            workingDirectory.isEmpty() ? service.workingDirectory : workingDirectory),
                    privileged);
        }
    }

    static void preStart(Node node, ServiceDraft into, Scope scope) {
        read(node, STEP, into.preStart, scope);
    }

    static void postStart(Node node, ServiceDraft into, Scope scope) {
        commands(node, into.postStart, scope);
    }

    static void preStop(Node node, ServiceDraft into, Scope scope) {
        commands(node, into.preStop, scope);
    }

    /// What became of the hooks of `service`.
    static Hooks hooks(ServiceDraft service, ImageReference image) {
        return new Hooks(
                service.preStart.stream().map(step -> step.step(image, service)).toList(),
                service.postStart.stream().map(Draft::command).toList(),
                service.preStop.stream().map(Draft::command).toList());
    }

    private static void commands(Node node, List<Draft> into, Scope scope) {
        read(node, COMMAND, into, scope);
        for (var draft : into) {
            if (!(draft.command instanceof Words.Written(var words) && !words.isEmpty())) {
                scope.report().error(draft.at, "a hook without a command", "write 'command'");
            }
        }
    }

    private static void read(Node node, Keys<Draft> keys, List<Draft> into, Scope scope) {
        if (node instanceof Node.Sequence list) {
            for (var item : list.items()) {
                var draft = new Draft(item.at());
                keys.read(item, draft, scope);
                into.add(draft);
            }
        }
    }

    private static void privileged(Node node, Draft into, Scope scope) {
        Fields.flag(node, scope).ifPresent(flag -> into.privileged = flag);
        if (into.privileged) {
            scope.report()
                    .warn(
                            node.at(),
                            "this hook is root on the host",
                            "nothing holds a privileged process",
                            "give the container what it needs with cap_add and devices");
        }
    }
}
