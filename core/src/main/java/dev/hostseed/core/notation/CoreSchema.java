package dev.hostseed.core.notation;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.math.BigDecimal;
import java.util.Set;

/// What unquoted scalars mean where no field says so. Rule: YAML 1.2, core schema; but a number that does not fit stays
/// text.
public final class CoreSchema {
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final int LONGEST_NUMBER = 40;

    private CoreSchema() {}

    public static Data typed(Node.Scalar scalar) {
        if (!scalar.plain()) {
            return new Data.Text(scalar.text());
        }
        return scalar.isNull() ? Data.Null.NULL : typed(scalar.text());
    }

    /// Whether an unquoted `text` is null, a truth or a number.
    public static boolean isNoText(String text) {
        return text.length() <= LONGEST_NUMBER && !(typed(text) instanceof Data.Text);
    }

    private static Data typed(String text) {
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return new Data.Truth(TRUE.contains(text));
        }
        if (text.isEmpty() || text.length() > LONGEST_NUMBER || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return new Data.Text(text);
        }
        try {
            return number(text);
        } catch (ArithmeticException | NumberFormatException noNumber) {
            return new Data.Text(text);
        }
    }

    private static Data number(String text) {
        if (text.startsWith("0x") || text.startsWith("0o")) {
            // Only digits may follow: the parser would take a sign.
            return Character.digit(text.length() > 2 ? text.charAt(2) : ' ', 16) < 0
                    ? new Data.Text(text)
                    : new Data.Whole(Long.parseLong(text.substring(2), text.charAt(1) == 'x' ? 16 : 8));
        }
        if (text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9') && text.charAt(0) != '.') {
            return new Data.Whole(Long.parseLong(text));
        }
        var decimal = new BigDecimal(text);
        return Math.abs((long) decimal.scale()) > 400 ? new Data.Text(text) : new Data.Decimal(decimal);
    }
}
