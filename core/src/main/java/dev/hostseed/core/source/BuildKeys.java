package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.MAPPING;
import static dev.hostseed.core.source.Key.Shape.SCALAR;
import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.mapping;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.ImageBuild.Limit;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.notation.ByteSizes;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// `build` of a service: every key of it.
///
/// Rule: Compose Build Specification.
final class BuildKeys {
    static final Keys<BuildDraft> KEYS = Keys.<BuildDraft>of(
                    scalar("context", BuildKeys::context),
                    scalar("dockerfile", (node, into, scope) -> into.dockerfile = located(node, scope)),
                    scalar("dockerfile_inline", (node, into, scope) -> into.inline = located(node, scope)),
                    of("args", Set.of(LIST, MAPPING), BuildKeys::arguments),
                    text("target", (into, text) -> into.target = text),
                    of(
                            "labels",
                            Set.of(LIST, MAPPING),
                            (node, into, scope) -> into.labels = Fields.labels(node, scope)),
                    list("tags", (node, into, scope) -> into.tags = BuildKeys.located((Node.Sequence) node, scope)),
                    text("network", (into, text) -> into.network = text),
                    of("extra_hosts", Set.of(LIST, MAPPING), BuildKeys::hosts),
                    scalar("shm_size", BuildKeys::shmSize),
                    mapping("ulimits", BuildKeys::limits),
                    list("platforms", BuildKeys::platforms),
                    flag("no_cache", (into, truth) -> into.noCache = truth),
                    flag("pull", (into, truth) -> into.pull = truth),
                    list("cache_from", (node, into, scope) -> into.cacheFrom = Fields.textOrTexts(node, scope)),
                    list("cache_to", (node, into, scope) -> into.cacheTo = Fields.textOrTexts(node, scope)),
                    of(
                            "no_cache_filter",
                            Set.of(SCALAR, LIST),
                            (node, into, scope) -> into.noCacheOf = Fields.textOrTexts(node, scope)),
                    scalar("isolation", BuildKeys::isolation),
                    scalar("provenance", BuildKeys::attestation),
                    scalar("sbom", BuildKeys::attestation))
            .and(BuildKitKeys.KEYS);

    private BuildKeys() {}

    static void read(Node node, ServiceDraft into, Scope scope) {
        var draft = new BuildDraft(node.at());
        into.build = Optional.of(draft);
        if (!scope.platform().equals(Platform.ofThisMachine())) {
            draft.platform = scope.platform().toString();
        }
        KEYS.read(node, draft, scope);
        draft.inline
                .filter(inline -> draft.dockerfile.isPresent())
                .ifPresent(inline -> scope.report()
                        .error(inline.at(), "'dockerfile_inline' beside 'dockerfile'", "remove one of them"));
    }

    /// Gives a service that has no image the name of the one that is built for it, as Compose does.
    ///
    /// @param named whether it has an image, though it may be a wrong one
    static void settle(ServiceDraft draft, boolean named, Scope scope) {
        if (draft.build.isEmpty()) {
            if (draft.alwaysBuilt) {
                scope.report()
                        .error(
                                draft.at("pull_policy"),
                                "'build' without a 'build' section",
                                "write one, or another policy");
            }
            return;
        }
        var at = draft.name.at();
        if (!named) {
            var name = scope.project() + "-" + draft.name.value();
            draft.image = Fields.made(name, at, scope, "write 'image'", ImageReference::parse);
        }
        draft.image
                .filter(image -> !image.digest().isEmpty())
                .ifPresent(image -> scope.report()
                        .error(
                                at,
                                "'" + image + "' is built, and nobody knows its digest before",
                                "write its name and tag under 'image'"));
    }

    private static Key<BuildDraft> text(String name, BiConsumer<BuildDraft, String> set) {
        return scalar(name, (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> set.accept(into, text)));
    }

    private static Key<BuildDraft> flag(String name, BiConsumer<BuildDraft, Boolean> set) {
        return scalar(name, (node, into, scope) -> Fields.flag(node, scope).ifPresent(flag -> set.accept(into, flag)));
    }

    static Optional<Located<String>> located(Node node, Scope scope) {
        return Fields.text(node, scope).map(text -> new Located<>(node.at(), text));
    }

    private static List<Located<String>> located(Node.Sequence list, Scope scope) {
        return list.items().stream()
                .flatMap(item -> located(item, scope).stream())
                .toList();
    }

    private static void context(Node node, BuildDraft into, Scope scope) {
        located(node, scope).ifPresent(context -> {
            into.context = context;
            into.refused = isRemote(context.value());
            if (into.refused) {
                scope.report()
                        .error(
                                node.at(),
                                "'" + context.value() + "' is not a directory of this machine",
                                "what lies there may be something else tomorrow, so the seed could not be made again",
                                "fetch it beforehand, and name its directory");
            }
        });
    }

    /// Rule: BuildKit, "Build context": what is taken for a repository or a tar that is fetched.
    static boolean isRemote(String context) {
        return context.contains("://")
                || Stream.of("github.com/", "git@").anyMatch(context::startsWith)
                || context.equals("-");
    }

    /// One without a value has that of the environment already, if there is one.
    private static void arguments(Node node, BuildDraft into, Scope scope) {
        var args = new TreeMap<String, String>();
        Fields.pairs(node, scope).forEach((name, value) -> {
            if (name.isEmpty()) {
                scope.report().error(value.at(), "an argument without a name", "write NAME=value");
            } else if (value.value().isPresent()) {
                args.put(name, value.value().get());
            } else {
                scope.report()
                        .warn(
                                value.at(),
                                "the argument " + name + " has no value and is not set, ignoring",
                                "set it or write a value");
            }
        });
        into.args = args;
    }

    private static void hosts(Node node, BuildDraft into, Scope scope) {
        if (HostsKeys.read(node, scope).orElse(Data.Null.NULL) instanceof Data.Sequence(var hosts)) {
            into.extraHosts =
                    hosts.stream().map(host -> ((Data.Text) host).value()).toList();
        }
    }

    private static void shmSize(Node node, BuildDraft into, Scope scope) {
        Fields.made(node, scope, "write one such as 512m or 1g", ByteSizes::parse)
                .ifPresent(bytes -> into.shmBytes = bytes);
    }

    private static void limits(Node node, BuildDraft into, Scope scope) {
        if (LimitKeys.read(node, scope).orElse(Data.Null.NULL) instanceof Data.Sequence(var limits)) {
            limits.forEach(limit -> into.limits.add(limit((Data.Mapping) limit)));
        }
    }

    private static Limit limit(Data.Mapping limit) {
        return new Limit(
                limit.find("Name").orElseThrow() instanceof Data.Text(var name) ? name : "",
                limit.find("Soft").orElseThrow() instanceof Data.Whole(var soft) ? soft : -1,
                limit.find("Hard").orElseThrow() instanceof Data.Whole(var hard) ? hard : -1);
    }

    /// An image is made for one platform alone, that of the host.
    private static void platforms(Node node, BuildDraft into, Scope scope) {
        var own = scope.platform().toString();
        var written = Fields.textOrTexts(node, scope);
        if (written.isEmpty()) {
            return;
        }
        if (written.stream().noneMatch(platform -> platform.equals(own))) {
            scope.report()
                    .error(
                            node.at(),
                            "none of the platforms is " + own,
                            "a seed is for machines like the one that it is made on",
                            "add " + own + ", or make the seed on such a machine");
            return;
        }
        if (written.size() > 1) {
            scope.report().info(node.at(), "built for " + own + " alone", "no other is needed");
        }
        into.platform = own;
    }

    private static void isolation(Node node, BuildDraft into, Scope scope) {
        Fields.text(node, scope)
                .filter(text -> !text.equals("default"))
                .ifPresent(text -> scope.report()
                        .error(node.at(), "'" + text + "' is an isolation of Windows", "write default, or remove it"));
    }

    private static void attestation(Node node, BuildDraft into, Scope scope) {
        Fields.text(node, scope)
                .filter(text -> !text.equals("false"))
                .ifPresent(text -> scope.report()
                        .info(node.at(), "an attestation does not travel with the image, ignoring", "remove it"));
    }
}
