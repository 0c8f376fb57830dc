package dev.hostseed.cli.host;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.ProgressLine;
import dev.hostseed.cli.Terminal;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.image.BundleLoader;
import dev.hostseed.core.image.LoadReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `hostseed load`: verifies a bundle and loads what the Engine lacks of it.
final class LoadVerb {
    static final String HELP = """
            Usage: hostseed load (-p PROJECT | --bundle DIRECTORY) [OPTION]...

            Loads the images of a bundle into the Docker Engine: what is there already is left alone, all else is
            verified against the lock before the Engine sees a byte of it, and looked at again afterwards.

              -p, --project-name NAME  the project, whose current release has the bundle
              --bundle DIRECTORY       a bundle elsewhere
              --docker-socket PATH     where the Engine listens; /var/run/docker.sock unless said
              -q, --quiet              say nothing but what is wrong
            """;

    private LoadVerb() {}

    static int run(List<String> words) throws Exception {
        var options = new ArrayList<>(Places.OPTIONS);
        options.add("--bundle");
        var arguments = new Arguments(words, options, List.of("--quiet"));
        arguments.operands();
        var terminal = Terminal.ofThisProcess(arguments.has("--quiet"));
        var bundle = arguments.has("--bundle")
                ? Path.of(arguments.require("--bundle"))
                : Places.of(arguments).state().resolve("bundle");
        return load(bundle, Places.engine(arguments), terminal);
    }

    private static int load(Path bundle, Engine engine, Terminal terminal) throws IOException {
        var report = loaded(bundle, engine, terminal);
        for (var outcome : report.outcomes().entrySet()) {
            terminal.say(outcome.getKey()
                    + switch (outcome.getValue()) {
                        case PRESENT -> ": there already";
                        case TAGGED -> ": there already, named anew";
                        case LOADED -> ": loaded";
                    });
        }
        return ExitCode.OK.code();
    }

    private static LoadReport loaded(Path bundle, Engine engine, Terminal terminal) throws IOException {
        try (var progress = new ProgressLine(terminal)) {
            return BundleLoader.load(bundle, engine, progress);
        }
    }
}
