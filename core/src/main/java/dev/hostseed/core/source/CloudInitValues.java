package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.notation.CoreSchema;
import dev.hostseed.core.notation.OldSchema;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.yaml.Node;
import java.util.LinkedHashMap;

/// What values mean in the parts of `x-host` that are cloud-init's. It reads YAML 1.1, while Compose reads YAML 1.2:
/// where the two differ on a truth or a number, what cloud-init would have read is taken, with a warning, so that a
/// part of a cloud-config means here what it meant there.
final class CloudInitValues {
    private CloudInitValues() {}

    static Data typed(Node node, Scope scope) {
        return switch (node) {
            case Node.Mapping mapping -> typed(mapping, scope);
            case Node.Sequence list ->
                new Data.Sequence(
                        list.items().stream().map(item -> typed(item, scope)).toList());
            case Node.Scalar scalar -> typed(scalar, scope);
        };
    }

    static Data.Mapping typed(Node.Mapping mapping, Scope scope) {
        var entries = new LinkedHashMap<String, Data>();
        mapping.entries().forEach(e -> entries.put(e.key().text(), typed(e.value(), scope)));
        return new Data.Mapping(entries);
    }

    private static Data typed(Node.Scalar scalar, Scope scope) {
        var old = OldSchema.typed(scalar);
        old.ifPresent(meant -> {
            switch (meant) {
                case Data.Whole(var number) -> {
                    var modern = "0o" + Long.toOctalString(number);
                    warn(scalar, modern + ", which is " + number, modern, scope);
                }
                case Data.Truth(var truth) -> warn(scalar, String.valueOf(truth), String.valueOf(truth), scope);
                default -> throw new IllegalStateException("neither truth nor number: " + meant);
            }
        });
        return old.orElseGet(() -> CoreSchema.typed(scalar));
    }

    private static void warn(Node.Scalar scalar, String meant, String plainly, Scope scope) {
        var text = scalar.text();
        scope.report()
                .as(Code.Y15)
                .warn(
                        scalar.at(),
                        "'" + text + "' is taken for " + meant,
                        "cloud-init reads it so",
                        "write " + plainly + ", or \"" + text + "\" for a text");
    }
}
