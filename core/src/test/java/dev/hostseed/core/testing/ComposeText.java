package dev.hostseed.core.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes mappings, lists and texts as a Compose file: each text in one of the styles of YAML that can hold it, with
/// every `$` doubled.
public final class ComposeText {
    private static final String WORD_START = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/";
    private static final String WORD = WORD_START + "0123456789_.-";
    private static final List<String> NO_TEXTS =
            List.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "True", "False", "Null", "No", "Yes");

    /// How a careless writer would do it.
    public enum Mutant {
        NONE,
        DOLLARS_NOT_DOUBLED,
        BLANKS_STRIPPED,
        BACKSLASHES_NOT_DOUBLED,
        EMPTY_LEFT_OUT
    }

    private final Random random;
    private final Mutant mutant;

    public ComposeText(Random random, Mutant mutant) {
        this.random = random;
        this.mutant = mutant;
    }

    /// YAML that is written as it stands, on the line of its key: an alias, a number.
    public record Raw(String text) {}

    /// A node that aliases can refer to.
    public record Anchored(String name, Object node) {}

    /// A mapping in the order of its keys, each of which stands before its value.
    public static SequencedMap<String, Object> map(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /// @param document of [Map]s, [List]s and [String]s, and of the records above; the key `<<` merges
    public String of(Map<String, ?> document) {
        return mapping(document, 0).substring(1) + "\n";
    }

    /// What stands behind a key or a dash.
    ///
    /// @param outer where that key or dash stands
    private String node(Object node, int outer) {
        var inner = outer + 1 + random.nextInt(3);
        return switch (node) {
            case Map<?, ?> mapping -> mapping.isEmpty() ? " {}" : mapping(mapping, inner);
            case List<?> list -> list(kept(list), inner);
            case String text -> " " + text(text, outer, inner);
            case Raw(var text) -> " " + text;
            case Anchored(var name, var anchored) -> " &" + name + node(anchored, outer);
            default -> throw new IllegalArgumentException("not for YAML: " + node);
        };
    }

    private List<?> kept(List<?> list) {
        return mutant == Mutant.EMPTY_LEFT_OUT
                ? list.stream().filter(item -> !item.equals("")).toList()
                : list;
    }

    private String mapping(Map<?, ?> mapping, int indentation) {
        return mapping.entrySet().stream()
                .map(entry ->
                        line(indentation) + key((String) entry.getKey()) + ":" + node(entry.getValue(), indentation))
                .collect(Collectors.joining());
    }

    private String list(List<?> list, int indentation) {
        var flow = list.stream().allMatch(item -> item instanceof String) && random.nextInt(3) == 0;
        return list.isEmpty() || flow
                ? list.stream()
                        .map(item -> styled(careless((String) item)))
                        .collect(Collectors.joining(", ", " [", "]"))
                : list.stream()
                        .map(item -> line(indentation) + "-" + node(item, indentation))
                        .collect(Collectors.joining());
    }

    private static String line(int indentation) {
        return "\n" + " ".repeat(indentation);
    }

    /// A key is no template: its dollars stand for themselves.
    private String key(String key) {
        return key.equals("<<") || (isWord(key) && random.nextBoolean()) ? key : quoted(key);
    }

    private String text(String text, int outer, int inner) {
        var careless = careless(text);
        return isLiteral(careless) && random.nextInt(3) == 0 ? literal(careless, outer, inner) : styled(careless);
    }

    private String careless(String text) {
        var kept = mutant == Mutant.BLANKS_STRIPPED ? text.strip() : text;
        return mutant == Mutant.DOLLARS_NOT_DOUBLED ? kept : kept.replace("$", "$$");
    }

    private String styled(String text) {
        return isWord(text) && random.nextBoolean() ? text : quoted(text);
    }

    private String quoted(String text) {
        return text.codePoints().allMatch(ComposeText::isPrinted) && random.nextInt(3) == 0
                ? "'" + text.replace("'", "''") + "'"
                : doubleQuoted(text);
    }

    private static boolean isWord(String text) {
        return !text.isEmpty()
                && WORD_START.indexOf(text.charAt(0)) >= 0
                && text.chars().allMatch(c -> WORD.indexOf(c) >= 0)
                && !NO_TEXTS.contains(text);
    }

    private static boolean isPrinted(int c) {
        return c >= ' ' && (c < 0x7f || c > 0xa0) && c != 0x2028 && c != 0x2029 && c != 0xfeff && c != 0xffff;
    }

    private static boolean isLiteral(String text) {
        return !text.isBlank() && text.codePoints().allMatch(c -> c == '\n' || c == '\t' || isPrinted(c));
    }

    /// Rule: YAML 1.2, "Literal Style", with the indentation said and the line ends at the end kept as they are.
    private static String literal(String text, int outer, int inner) {
        var chomping = !text.endsWith("\n") ? "-" : text.endsWith("\n\n") ? "+" : "";
        var lines = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return "|" + (inner - outer) + chomping + "\n"
                + Stream.of(lines.split("\n", -1))
                        .map(line -> line.isEmpty() ? "" : " ".repeat(inner) + line)
                        .collect(Collectors.joining("\n"));
    }

    private String doubleQuoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> quoted.append(escaped(c)));
        return quoted.append('"').toString();
    }

    private String escaped(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> mutant == Mutant.BACKSLASHES_NOT_DOUBLED ? "\\" : "\\\\";
            case '\n' -> "\\n";
            case '\t' -> random.nextBoolean() ? "\\t" : "\t";
            case '\r' -> "\\r";
            default -> isPrinted(c) && random.nextInt(20) > 0 ? Character.toString(c) : "\\U%08x".formatted(c);
        };
    }
}
