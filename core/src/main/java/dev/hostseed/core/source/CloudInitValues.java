package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.notation.CoreSchema;
import dev.hostseed.core.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Pattern;

/// What values mean in the parts of `x-host` that are cloud-init's. It reads YAML 1.1, while Compose reads YAML 1.2:
/// where the two differ on a truth or a number, what cloud-init would have read is taken, with a warning, so that a
/// part of a cloud-config means here what it meant there.
///
/// Rule: YAML 1.1, "Boolean" and "Integer" of its types, as PyYAML reads them.
final class CloudInitValues {
    private static final Set<String> TRUE = Set.of("yes", "Yes", "YES", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("no", "No", "NO", "off", "Off", "OFF");
    private static final Pattern OCTAL = Pattern.compile("0+[1-7][0-7]{0,15}");

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
        var text = scalar.text();
        if (scalar.plain() && (TRUE.contains(text) || FALSE.contains(text))) {
            var meant = TRUE.contains(text);
            warn(scalar, String.valueOf(meant), String.valueOf(meant), scope);
            return new Data.Truth(meant);
        }
        if (scalar.plain() && OCTAL.matcher(text).matches()) {
            var meant = Long.parseLong(text, 8);
            var modern = "0o" + Long.toOctalString(meant);
            warn(scalar, modern + ", which is " + meant, modern, scope);
            return new Data.Whole(meant);
        }
        return CoreSchema.typed(scalar);
    }

    private static void warn(Node.Scalar scalar, String meant, String plainly, Scope scope) {
        var text = scalar.text();
        scope.report()
                .warn(
                        scalar.at(),
                        "'" + text + "' is taken for " + meant,
                        "cloud-init reads it so",
                        "write " + plainly + ", or \"" + text + "\" for a text");
    }
}
