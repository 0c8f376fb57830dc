package dev.hostseed.cli.build;

import dev.hostseed.cli.Terminal;
import java.util.Map;
import picocli.CommandLine.Option;

/// In which form a command tells what came of it.
final class TellingOptions {
    /// Written as on the command line.
    enum Colour {
        auto,
        always,
        never
    }

    @Option(
            names = "--json",
            description = "Tell what came of it as one JSON document on standard output, whatever that is.")
    private boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colour what is wrong: always, never, or auto, on a terminal unless NO_COLOR is set.")
    private Colour colour = Colour.auto;

    Telling telling(boolean quiet) {
        return json ? new JsonTelling(Terminal.ofThisProcess(quiet)) : people(quiet, colour);
    }

    /// For a command whose output has a form of its own.
    static Telling people(boolean quiet) {
        return people(quiet, Colour.auto);
    }

    private static Telling people(boolean quiet, Colour colour) {
        return new TextTelling(
                Terminal.ofThisProcess(quiet), coloured(colour, System.getenv(), Terminal.errorIsTerminal()));
    }

    /// Rule: no-color.org, for `auto`; a dumb terminal has no colours.
    static boolean coloured(Colour colour, Map<String, String> environment, boolean terminal) {
        return switch (colour) {
            case always -> true;
            case never -> false;
            case auto ->
                terminal
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "").equals("dumb");
        };
    }
}
