package dev.hostseed.core.variables;

import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.SourceText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Files with variables for interpolation.
public final class EnvironmentFiles {
    private EnvironmentFiles() {}

    /// What `files` say together: a later one beats an earlier one, and may use its variables.
    ///
    /// @param named where each was asked for; the file's own start if nobody did
    /// @param environment beats all of them within their values
    public static Map<String, String> read(
            List<Path> files, Function<Path, Position> named, Map<String, String> environment, Report report) {
        var variables = new TreeMap<String, String>();
        for (var file : files) {
            SourceText.read(file, named.apply(file), report).ifPresent(text -> {
                var known = new TreeMap<>(variables);
                known.putAll(environment);
                variables.putAll(Dotenv.read(text, file, known, report));
            });
        }
        return variables;
    }
}
