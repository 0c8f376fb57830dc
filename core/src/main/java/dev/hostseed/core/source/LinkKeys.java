package dev.hostseed.core.source;

import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.host.Sharing.Link;
import dev.hostseed.core.host.Sharing.VolumesFrom;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.yaml.Node;
import java.util.function.Consumer;
import java.util.function.Function;

/// `links` and `volumes_from` of a service. That a service named here is there is checked as what it
/// implies: see [ImplicitDependencies].
final class LinkKeys {
    private LinkKeys() {}

    static void links(Node node, ServiceDraft into, Scope scope) {
        each(node, scope, "write service or service:alias", LinkKeys::link, into.links::add);
    }

    static void volumesFrom(Node node, ServiceDraft into, Scope scope) {
        each(
                node,
                scope,
                "write service[:ro], or container:name[:ro] for one of another project",
                LinkKeys::volumesFrom,
                into.volumesFrom::add);
    }

    private static <T> void each(
            Node node, Scope scope, String remedy, Function<String, T> make, Consumer<Located<T>> to) {
        if (node instanceof Node.Sequence list) {
            list.items()
                    .forEach(item -> Fields.made(item, scope, remedy, make)
                            .ifPresent(made -> to.accept(new Located<>(item.at(), made))));
        }
    }

    private static Link link(String text) {
        var colon = text.indexOf(':');
        var alias = text.substring(colon + 1);
        if (!alias.matches("[a-zA-Z0-9._-]{1,128}")) {
            throw new IllegalArgumentException("'" + text + "' is not a service and an alias");
        }
        return new Link(new ServiceName(colon < 0 ? text : text.substring(0, colon)), alias);
    }

    private static VolumesFrom volumesFrom(String text) {
        var foreign = text.startsWith("container:");
        var rest = foreign ? text.substring("container:".length()) : text;
        var colon = rest.indexOf(':');
        var name = colon < 0 ? rest : rest.substring(0, colon);
        var readOnly = switch (rest.substring(name.length())) {
            case "", ":rw" -> false;
            case ":ro" -> true;
            default -> throw new IllegalArgumentException("'" + text + "' is not a service whose mounts to take");
        };
        return foreign
                ? new VolumesFrom.OfContainer(new EngineName(name), readOnly)
                : new VolumesFrom.OfService(new ServiceName(name), readOnly);
    }
}
