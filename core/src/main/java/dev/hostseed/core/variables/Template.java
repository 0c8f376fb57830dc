package dev.hostseed.core.variables;

import dev.hostseed.core.problem.Code;
import java.util.Optional;
import java.util.function.Function;

/// A text with `$X`, `${X}`, `${X:-d}`, `${X-d}`, `${X:?e}`, `${X?e}`, `${X:+a}`, `${X+a}` and `$$`. What a variable
/// holds is never read again. A `$` that starts none of these stays.
///
/// Rule: Compose Specification, "Interpolation", with compose-go's reading of nested braces.
final class Template {
    static final int MAXIMUM_DEPTH = 20;
    static final int MAXIMUM_LENGTH = 4 << 20;

    private final Function<String, Optional<String>> variables;
    private final Unset unset;

    /// @param variables what holds a value, be it empty
    /// @param unset hears of each variable that was taken for empty because nothing is known of it
    Template(Function<String, Optional<String>> variables, Unset unset) {
        this.variables = variables;
        this.unset = unset;
    }

    interface Unset {
        /// @param offset in the text, of its `$`
        void taken(String name, int offset);
    }

    /// Why a text cannot be filled in.
    static final class BadTemplateException extends Exception {
        /// In the outermost text, of the `$`.
        final int offset;

        final Code code;

        final String remedy;

        BadTemplateException(Code code, int offset, String what, String remedy) {
            super(what);
            this.code = code;
            this.offset = offset;
            this.remedy = remedy;
        }

        /// Never null, unlike its parent's.
        String what() {
            return String.valueOf(getMessage());
        }
    }

    String fill(String text) throws BadTemplateException {
        return text.indexOf('$') < 0 ? text : fill(text, 0, 0);
    }

    private String fill(String text, int base, int depth) throws BadTemplateException {
        if (depth > MAXIMUM_DEPTH) {
            throw new BadTemplateException(
                    Code.I04, base, "defaults nested deeper than " + MAXIMUM_DEPTH, "flatten them");
        }
        var out = new StringBuilder();
        var at = 0;
        for (var dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
            out.append(text, at, dollar);
            var next = dollar + 1 < text.length() ? text.charAt(dollar + 1) : ' ';
            if (next == '$') {
                out.append('$');
                at = dollar + 2;
            } else if (next == '{') {
                var end = closing(text, dollar + 2, base + dollar);
                out.append(braced(text.substring(dollar + 2, end), base + dollar, depth));
                at = end + 1;
            } else {
                var end = nameEnd(text, dollar + 1);
                out.append(end == dollar + 1 ? "$" : plain(text.substring(dollar + 1, end), base + dollar));
                at = end;
            }
            if (out.length() > MAXIMUM_LENGTH) {
                throw new BadTemplateException(
                        Code.I06, base + dollar, "grows beyond 4 MiB", "use fewer or shorter variables");
            }
        }
        return out.append(text, at, text.length()).toString();
    }

    private static int closing(String text, int from, int offset) throws BadTemplateException {
        var open = 1;
        for (var i = from; i < text.length(); i++) {
            open += switch (text.charAt(i)) {
                case '{' -> 1;
                case '}' -> -1;
                default -> 0;
            };
            if (open == 0) {
                return i;
            }
        }
        throw new BadTemplateException(
                Code.I05, offset, "'${' is not closed", "close it with }, or write $$ for a dollar sign");
    }

    private static int nameEnd(String text, int from) {
        var end = from;
        while (end < text.length() && isNamePart(text.charAt(end), end == from)) {
            end++;
        }
        return end;
    }

    private static boolean isNamePart(char c, boolean first) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
    }

    private String braced(String inside, int offset, int depth) throws BadTemplateException {
        var end = nameEnd(inside, 0);
        var name = inside.substring(0, end);
        var rest = inside.substring(end);
        if (!name.isEmpty() && rest.isEmpty()) {
            return plain(name, offset);
        }
        var colon = rest.startsWith(":") ? 1 : 0;
        if (name.isEmpty() || rest.length() <= colon || "-?+".indexOf(rest.charAt(colon)) < 0) {
            throw new BadTemplateException(
                    Code.I05,
                    offset,
                    "'${" + inside + "}' names no variable",
                    "write ${NAME}, ${NAME:-default}, ${NAME:?message} or ${NAME:+other}; $$ is a dollar sign");
        }
        var word = rest.substring(colon + 1);
        var value = variables.apply(name).filter(v -> colon == 0 || !v.isEmpty());
        var base = offset + 2 + end + colon + 1;
        return switch (rest.charAt(colon)) {
            case '-' -> value.isPresent() ? value.get() : fill(word, base, depth + 1);
            case '+' -> value.isPresent() ? fill(word, base, depth + 1) : "";
            default -> required(name, value, fill(word, base, depth + 1), offset);
        };
    }

    private static String required(String name, Optional<String> value, String message, int offset)
            throws BadTemplateException {
        if (value.isEmpty()) {
            throw new BadTemplateException(
                    Code.I01,
                    offset,
                    "required variable " + name + " is missing a value" + (message.isEmpty() ? "" : ": " + message),
                    "set it in the environment or in .env");
        }
        return value.get();
    }

    private String plain(String name, int offset) {
        var value = variables.apply(name);
        if (value.isEmpty()) {
            unset.taken(name, offset);
        }
        return value.orElse("");
    }
}
