package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.MAPPING;
import static dev.hostseed.core.source.Key.Shape.SCALAR;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.yaml.Node;
import java.util.Map;
import java.util.Set;

/// `secrets` and `configs` at the top of a Compose file: from where each is taken. Whether there is something is looked
/// at for those that a service is granted.
final class GrantedFileKeys {
    private static final String SWARM = "only a swarm has it";

    private static final Keys<GrantedFileDraft> COMMON = Keys.<GrantedFileDraft>of(
            scalar("name", (node, into, scope) -> Fields.text(node, scope)), // of a swarm: taken, without effect
            of("labels", Set.of(LIST, MAPPING), (node, into, scope) -> Fields.labels(node, scope)),
            scalar("file", (node, into, scope) -> into.sources.put("file", node)),
            scalar("environment", (node, into, scope) -> into.sources.put("environment", node)),
            of("external", Set.of(SCALAR, MAPPING), GrantedFileKeys::external),
            scalar("template_driver", (node, into, scope) -> refuse("template_driver", node, into, scope)));

    static final Keys<GrantedFileDraft> CONFIG = COMMON.and(
            Keys.<GrantedFileDraft>of(scalar("content", (node, into, scope) -> into.sources.put("content", node))));

    static final Keys<GrantedFileDraft> SECRET = COMMON.and(Keys.<GrantedFileDraft>of(
            of("content", Set.of(SCALAR, LIST, MAPPING), GrantedFileKeys::literal),
            scalar("driver", (node, into, scope) -> refuse("driver", node, into, scope)),
            Key.mapping("driver_opts", (node, into, scope) -> refuse("driver_opts", node, into, scope))));

    private GrantedFileKeys() {}

    static void secrets(Node node, ProjectDraft into, Scope scope) {
        each(node, Kind.SECRET, SECRET, into.secrets, scope);
    }

    static void configs(Node node, ProjectDraft into, Scope scope) {
        each(node, Kind.CONFIG, CONFIG, into.configs, scope);
    }

    private static void each(
            Node node, Kind kind, Keys<GrantedFileDraft> keys, Map<ResourceName, GrantedFileDraft> into, Scope scope) {
        if (!(node instanceof Node.Mapping files)) {
            return;
        }
        for (var entry : files.entries()) {
            var draft = new GrantedFileDraft(kind, entry.key().at());
            if (kind == Kind.SECRET && entry.value() instanceof Node.Scalar text && !text.isNull()) {
                literal(text, draft, scope);
            } else {
                keys.read(entry.value(), draft, scope);
            }
            if (!draft.refused && draft.sources.size() != 1) {
                scope.report()
                        .error(
                                draft.at,
                                "a " + kind + " takes its content from one place",
                                kind == Kind.SECRET
                                        ? "write either 'file' or 'environment'"
                                        : "write one of 'file', 'environment' and 'content'");
                draft.refused = true;
            }
            Fields.name(entry.key(), scope, ResourceName::new).ifPresent(name -> into.put(name, draft));
        }
    }

    private static void external(Node node, GrantedFileDraft into, Scope scope) {
        if (node instanceof Node.Mapping || Fields.flag(node, scope).orElse(false)) {
            scope.report()
                    .error(
                            node.at(),
                            "an external " + into.kind,
                            SWARM,
                            into.kind == Kind.SECRET
                                    ? "write 'file' or 'environment'; a credential of the host can take its place"
                                    : "write 'file', 'environment' or 'content'");
            into.refused = true;
        }
    }

    private static void refuse(String key, Node node, GrantedFileDraft into, Scope scope) {
        scope.report().error(node.at(), "'" + key + "' of a " + into.kind, SWARM, "write 'file' or 'environment'");
        into.refused = true;
    }

    /// No excerpt shows the text again: neither here nor for what else is wrong beside it.
    private static void literal(Node node, GrantedFileDraft into, Scope scope) {
        scope.report().conceal(node.at());
        scope.report()
                .as(Code.K01)
                .error(
                        node.at(),
                        "the text of a secret in a Compose file",
                        "whoever reads the file has it",
                        "write it into a file of its own and name that with 'file'");
        into.refused = true;
    }
}
