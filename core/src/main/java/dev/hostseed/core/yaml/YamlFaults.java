package dev.hostseed.core.yaml;

import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import java.nio.file.Path;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// What the parser says of a text that is no YAML, in words for its author.
final class YamlFaults {
    private static final String QUOTE =
            "check the indentation; quote a text that holds ': ' or starts with % @ ` { [ * & !";

    private YamlFaults() {}

    static void report(MarkedYAMLException malformed, Path file, Report report) {
        var problem = malformed.getProblem() == null ? "" : malformed.getProblem();
        var here = malformed.getProblemMark();
        var start = malformed.getContextMark();
        var context = malformed.getContext() == null ? "" : malformed.getContext();
        if (context.contains("quoted scalar") && problem.contains("end of stream")) {
            report.error(position(start, here, file), "a quote that is not closed", "close it");
        } else if (context.contains("flow") && (problem.contains("expected ',' or"))) {
            var kind = context.contains("mapping") ? "a mapping" : "a list";
            var bracket = context.contains("mapping") ? "}" : "]";
            report.error(
                    position(start, here, file),
                    kind + " that is not closed at line " + line(here),
                    "close it with " + bracket + ", or put a comma between its parts");
        } else if (problem.contains("could not find expected ':'")) {
            report.error(position(start, here, file), "a key without a colon", "write 'key: value'");
        } else {
            report.error(position(here, start, file), what(problem), remedy(problem));
        }
    }

    private static String what(String problem) {
        if (isTab(problem)) {
            return "a tab in the indentation";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a colon where no key can be";
        }
        if (problem.contains("expected <block end>")) {
            return "this does not go on with the lines above it";
        }
        if (cannotStart(problem)) {
            return "a text cannot start with this character";
        }
        return "not YAML: " + problem;
    }

    private static String remedy(String problem) {
        return isTab(problem) ? "indent with spaces" : cannotStart(problem) ? "quote the text" : QUOTE;
    }

    private static boolean isTab(String problem) {
        return problem.contains("TAB") || problem.contains("'\\t'");
    }

    private static boolean cannotStart(String problem) {
        return problem.contains("cannot start any token");
    }

    private static int line(Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }

    private static Position position(Mark mark, Mark otherwise, Path file) {
        return mark != null
                ? position(mark, file)
                : otherwise != null ? position(otherwise, file) : new Position(file, 1, 1);
    }

    static Position position(Mark mark, Path file) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
