package dev.hostseed.core.source;

import dev.hostseed.core.variables.Dotenv;
import dev.hostseed.core.yaml.Node;
import java.util.List;

/// `labels` and `label_file` of a service.
///
/// Rule: Compose Specification, "label_file": a file is like an `env_file`. A value in it can refer to labels of the
/// files before it, as compose-go reads it, but not to variables of the environment.
final class LabelKeys {
    private LabelKeys() {}

    static void labels(Node node, ServiceDraft into, Scope scope) {
        into.labels = Fields.labels(node, scope);
    }

    static void files(Node node, ServiceDraft into, Scope scope) {
        for (var item : node instanceof Node.Sequence list ? list.items() : List.<Node>of()) {
            NamedFile.of(item, scope)
                    .ifPresent(file -> file.text(item, scope).ifPresent(text -> {
                        var labels = Dotenv.read(text, file.path(), into.fileLabels, scope.report());
                        labels.keySet().forEach(name -> Fields.refuseReservedLabel(name, item.at(), scope));
                        into.fileLabels.putAll(labels);
                    }));
        }
    }
}
