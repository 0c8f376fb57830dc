package dev.hostseed.core.variables;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.Invisible;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/// Fills the variables into the values of a tree; keys stay as they are. Done on parsed scalars, so no value can become
/// YAML.
public final class Interpolation {
    private final Map<String, String> variables;
    private final Report report;
    private long total;

    public Interpolation(Map<String, String> variables, Report report) {
        this.variables = variables;
        this.report = report;
    }

    public Node fill(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> fill(scalar);
            case Node.Sequence(var at, var items, var size) ->
                new Node.Sequence(at, items.stream().map(this::fill).toList(), size);
            case Node.Mapping(var at, var entries, var size) -> {
                var filled = new ArrayList<Node.Entry>();
                entries.forEach(e -> filled.add(new Node.Entry(e.key(), fill(e.value()), e.tag())));
                yield new Node.Mapping(at, filled, size);
            }
        };
    }

    private Node.Scalar fill(Node.Scalar scalar) {
        if (Invisible.in(scalar.text())) {
            report.as(Code.Y14)
                    .warn(scalar.at(), "a text with invisible characters", "write them as escapes if they are meant");
        }
        if (scalar.text().indexOf('$') < 0) {
            return scalar;
        }
        var template = new Template(
                name -> Optional.ofNullable(variables.get(name)), (name, offset) -> warnUnset(name, scalar, offset));
        try {
            var text = template.fill(scalar.text());
            total += text.length();
            if (total > Template.MAXIMUM_LENGTH) {
                report.as(Code.I06)
                        .error(scalar.at(), "the variables make more than 4 MiB of text", "use fewer or shorter ones");
                return scalar;
            }
            var filled = new Node.Scalar(scalar.at(), text, scalar.plain());
            return filled.isNull() ? new Node.Scalar(scalar.at(), text, false) : filled;
        } catch (Template.BadTemplateException bad) {
            report.as(bad.code).error(at(scalar, bad.offset), bad.what(), bad.remedy);
            return scalar;
        }
    }

    private void warnUnset(String name, Node.Scalar scalar, int offset) {
        if (!report.isFull()) {
            report.as(Code.I01)
                    .warn(
                            at(scalar, offset),
                            "the variable " + name + " is not set, taking it for empty",
                            "set it in the environment or in .env, or write ${" + name + ":-}");
        }
    }

    /// Exact for an unquoted text on one line; where folding and escapes are possible, the start of the text.
    private static Position at(Node.Scalar scalar, int offset) {
        var at = scalar.at();
        return scalar.plain() && scalar.text().indexOf('\n') < 0
                ? new Position(at.file(), at.line(), at.column() + scalar.text().codePointCount(0, offset))
                : at;
    }
}
