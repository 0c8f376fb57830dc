package dev.hostseed.core.scan;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.problem.Secrecy;
import java.util.ArrayList;
import java.util.List;

/// How an image was made, a line for each step.
///
/// @param steps from the lowest
///
/// Rule: OCI image specification 1.1, "Image Configuration", `history`.
record History(List<Step> steps) {
    private static final int MOST = 120; // characters of a step that are told
    private static final int MOST_DIGITS = 12; // of a digest

    /// @param line what was done
    /// @param hasLayer whether it made a layer
    record Step(String line, boolean hasLayer) {}

    History {
        steps = List.copyOf(steps);
    }

    static History of(Data.Mapping image) {
        var steps = new ArrayList<Step>();
        if (image.find("history").orElse(Data.Null.NULL) instanceof Data.Sequence(var items)) {
            for (var item : items) {
                if (item instanceof Data.Mapping step) {
                    steps.add(step(step));
                }
            }
        }
        return new History(steps);
    }

    private static Step step(Data.Mapping step) {
        var line = step.find("created_by").orElse(Data.Null.NULL) instanceof Data.Text(var text) ? text : "";
        var isEmpty = step.find("empty_layer").orElse(Data.Null.NULL) instanceof Data.Truth(var truth) && truth;
        return new Step(line, !isEmpty);
    }

    List<String> lines() {
        return steps.stream().map(Step::line).toList();
    }

    /// What made a layer, fit to be told: in one line, not too long, and without what may be secret in it.
    ///
    /// @param layer from 1
    /// @param layers that the image has; if the history has another number, it tells nothing
    String createdBy(int layer, int layers) {
        var made = steps.stream().filter(Step::hasLayer).toList();
        return made.size() == layers && layer > 0 ? shown(made.get(layer - 1).line()) : "";
    }

    /// How many of the lowest layers are those of a base image, as far as can be guessed: an image's own steps end with
    /// what it runs, and so did those of its base.
    int baseLayers() {
        var last = steps.size() - 1;
        while (last >= 0 && !steps.get(last).hasLayer()) {
            last--;
        }
        while (last >= 0 && !isCommand(steps.get(last))) {
            last--;
        }
        return (int) steps.subList(0, last + 1).stream().filter(Step::hasLayer).count();
    }

    private static boolean isCommand(Step step) {
        return !step.hasLayer() && (step.line().contains("CMD [") || step.line().contains("ENTRYPOINT ["));
    }

    private static String shown(String line) {
        var text = shortened(Redaction.of(masked(line))).strip();
        var plain = text.startsWith("/bin/sh -c #(nop) ") ? text.substring("/bin/sh -c #(nop) ".length()) : text;
        var command = plain.startsWith("/bin/sh -c ") ? "RUN " + plain.substring("/bin/sh -c ".length()) : plain;
        return command.length() <= MOST ? command : command.substring(0, MOST - 1) + "…";
    }

    private static String masked(String line) {
        var masked = new StringBuilder();
        var done = 0;
        for (var word : Assignment.all(line)) {
            if (word.start() >= done && Secrecy.isSecret(word.name(), word.value())) {
                masked.append(line, done, word.start()).append("***");
                done = word.end();
            }
        }
        return masked.append(line, done, line.length()).toString();
    }

    /// Without runs of blanks, and with no more of a digest than people compare.
    private static String shortened(String text) {
        var shown = new StringBuilder();
        var digits = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var isBlank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            digits = Character.digit(c, 16) >= 0 ? digits + 1 : 0;
            if (isBlank ? !shown.isEmpty() && shown.charAt(shown.length() - 1) != ' ' : digits <= MOST_DIGITS) {
                shown.append(isBlank ? ' ' : c);
            }
        }
        return shown.toString();
    }
}
