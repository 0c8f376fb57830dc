package dev.hostseed.core.variables;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Files whose lines are `NAME=value`, taken literally. Rule: Compose, env_file's format `raw`.
public final class RawEnvironment {
    private RawEnvironment() {}

    /// The variables of `text`, in the order in which they first appear.
    ///
    /// @param environment has the values of names that stand alone
    public static SequencedMap<String, String> read(
            String text, Path file, Map<String, String> environment, Report report) {
        report.showNames(file);
        var values = new LinkedHashMap<String, String>();
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            var equals = line.indexOf('=');
            var at = new Position(file, number, 1);
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            if (equals == 0) {
                report.as(Code.U12).error(at, "a variable without a name", "write NAME=value");
            } else if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            } else if (environment.containsKey(line)) {
                values.put(line, environment.getOrDefault(line, ""));
            } else {
                report.as(Code.U12)
                        .warn(at, line + " has no value and is not set, ignoring", "set it or write a value");
            }
        }
        return values;
    }
}
