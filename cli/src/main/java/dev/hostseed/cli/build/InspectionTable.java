package dev.hostseed.cli.build;

import dev.hostseed.core.data.Plural;
import dev.hostseed.core.image.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What is in a bundle, as tables for people. Nothing from outside reaches the terminal but printable characters.
final class InspectionTable {
    private static final int LONGEST_COMMAND = 60;
    private static final int LONGEST_TEXT = 2000;
    private static final int MOST_NAMED = 3;

    private InspectionTable() {}

    static String of(Inspection inspection) {
        return summary(inspection) + "\n" + images(inspection) + "\n" + layers(inspection) + "\n" + sizes(inspection);
    }

    private static String summary(Inspection inspection) {
        var lock = inspection.lock();
        return "%s, version %d of the lock: %s, %s; %s; %s\n"
                .formatted(
                        lock.project(),
                        lock.version(),
                        Plural.of(lock.images().size(), "image"),
                        Plural.of(inspection.layers().size(), "layer"),
                        scan(inspection),
                        signatures(inspection));
    }

    /// Whether the layers were searched for secrets.
    static String scan(Inspection inspection) {
        var scan = inspection.lock().scan();
        if (scan.rules() == 0) {
            return "not searched for secrets";
        }
        var allowed = scan.allowed().isEmpty()
                ? "none"
                : String.valueOf(scan.allowed().size());
        var trusted = scan.trusted().isEmpty()
                ? ""
                : ", but for %s of a trusted base"
                        .formatted(Plural.of(scan.trusted().size(), "layer"));
        return "searched for secrets%s (rules %d, %s allowed by name)".formatted(trusted, scan.rules(), allowed);
    }

    /// What lies beside the lock. Nobody has checked it.
    static String signatures(Inspection inspection) {
        return inspection.signatures().isEmpty()
                ? "not signed"
                : "signed (" + String.join(", ", inspection.signatures()) + ", not checked here)";
    }

    private static String images(Inspection inspection) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("IMAGE", "PLATFORM", "LAYERS", "SIZE", "OWN", "STORED", "SHARES WITH"));
        for (var image : inspection.images()) {
            rows.add(List.of(
                    image.locked().reference().toString(),
                    image.locked().platform().toString(),
                    numbers(image),
                    Plural.ofBytes(image.size()),
                    Plural.ofBytes(image.own()),
                    Plural.ofBytes(image.stored()),
                    sharedWith(image)));
        }
        return table(rows, 3, 5);
    }

    private static String layers(Inspection inspection) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("LAYER", "DIGEST", "SIZE", "STORED", "IMAGES", "MADE BY"));
        for (var layer : inspection.layers()) {
            rows.add(List.of(
                    String.valueOf(layer.number()),
                    layer.locked().plain().digest().hex().substring(0, 12),
                    Plural.ofBytes(layer.locked().plain().size()),
                    Plural.ofBytes(layer.locked().stored().size()),
                    String.valueOf(layer.in().size()),
                    shortened(layer.createdBy())));
        }
        return table(rows, 2, 4);
    }

    private static String sizes(Inspection inspection) {
        return "%s if each image had its layers alone, %s with each layer once, %s in the bundle\n"
                .formatted(
                        Plural.ofBytes(inspection.apart()),
                        Plural.ofBytes(inspection.together()),
                        Plural.ofBytes(inspection.stored()));
    }

    /// By their numbers: `1-3,5`.
    private static String numbers(Inspection.Image image) {
        var numbers = image.layers().stream().map(Inspection.Layer::number).toList();
        var runs = new ArrayList<String>();
        for (var i = 0; i < numbers.size(); i++) {
            var first = i;
            while (i + 1 < numbers.size() && numbers.get(i + 1) == numbers.get(i) + 1) {
                i++;
            }
            runs.add(first == i ? String.valueOf(numbers.get(i)) : numbers.get(first) + "-" + numbers.get(i));
        }
        return runs.isEmpty() ? "none" : String.join(",", runs);
    }

    private static String sharedWith(Inspection.Image image) {
        if (image.sharedWith().isEmpty()) {
            return "-";
        }
        var more = image.sharedWith().size() - MOST_NAMED;
        return image.sharedWith().entrySet().stream()
                        .limit(MOST_NAMED)
                        .map(one -> one.getKey() + " (" + one.getValue() + ")")
                        .collect(Collectors.joining(", "))
                + (more > 0 ? ", " + more + " more" : "");
    }

    private static String shortened(String command) {
        var line = printable(command).replaceAll("[\n\t ]+", " ").strip();
        if (line.isEmpty()) {
            return "-";
        }
        return line.length() <= LONGEST_COMMAND ? line : line.substring(0, LONGEST_COMMAND - 1) + "…";
    }

    /// Without what would not be shown as it is: controls, and characters that turn the direction of text.
    static String printable(String text) {
        var limited = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
        return limited.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t'
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.SURROGATE
                        ? '\ufffd'
                        : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// @param firstNumber the first column that is set to the right
    /// @param lastNumber the last such column
    private static String table(List<List<String>> rows, int firstNumber, int lastNumber) {
        var widths = new int[rows.getFirst().size()];
        rows.forEach(row -> {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (var i = 0; i < widths.length; i++) {
                var fill = " ".repeat(widths[i] - row.get(i).length());
                var toTheRight = i >= firstNumber && i <= lastNumber;
                line.append(toTheRight ? fill + row.get(i) : row.get(i) + fill).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
