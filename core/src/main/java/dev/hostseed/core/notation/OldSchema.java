package dev.hostseed.core.notation;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What unquoted scalars mean to a reader of YAML 1.1, where that is not what they mean by [CoreSchema].
///
/// Rule: YAML 1.1, "Boolean" and "Integer" of its types, as PyYAML reads them.
public final class OldSchema {
    private static final Set<String> TRUE = Set.of("yes", "Yes", "YES", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("no", "No", "NO", "off", "Off", "OFF");
    private static final Pattern OCTAL = Pattern.compile("0+[1-7][0-7]{0,15}");

    private OldSchema() {}

    /// A truth, or a number that is written with octal digits; nothing if both versions agree.
    public static Optional<Data> typed(Node.Scalar scalar) {
        var text = scalar.text();
        if (scalar.plain() && (TRUE.contains(text) || FALSE.contains(text))) {
            return Optional.of(new Data.Truth(TRUE.contains(text)));
        }
        return scalar.plain() && OCTAL.matcher(text).matches()
                ? Optional.of(new Data.Whole(Long.parseLong(text, 8)))
                : Optional.empty();
    }
}
