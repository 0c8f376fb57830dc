package dev.hostseed.cli.host;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Failure;
import dev.hostseed.cli.Terminal;
import dev.hostseed.cli.UsageException;
import java.util.ArrayList;
import java.util.List;

/// The door of the host verbs: what units and the boot call. Its road holds only what a verb needs, so that a host
/// which starts twenty containers starts them at once.
public final class HostMain {
    private HostMain() {}

    /// Ends the process as soon as all is said: [System#exit] would first look for a logger to tell that to. But what
    /// supervises may be about to stop its container, in a shutdown hook, which is waited for.
    public static void main(String[] words) {
        var code = run(words);
        if (words.length > 0 && words[0].equals("run")) {
            System.exit(code);
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    /// Does what `words` say, and returns the exit code. Never throws.
    public static int run(String... words) {
        var terminal = Terminal.ofThisProcess(false);
        try {
            return dispatch(words, terminal);
        } catch (Exception thrown) {
            return Failure.of(thrown).tell(terminal, thrown);
        }
    }

    private static int dispatch(String[] words, Terminal terminal) throws Exception {
        var verb = words.length == 0 ? "" : words[0];
        var rest = words.length == 0 ? List.<String>of() : new ArrayList<>(List.of(words)).subList(1, words.length);
        if (rest.contains("--help") || rest.contains("-h")) {
            terminal.out().print(Help.of(verb));
            return ExitCode.OK.code();
        }
        return switch (verb) {
            case "run" -> RunVerb.run(rest, terminal);
            case "load" -> LoadVerb.run(rest);
            case "ensure" -> EnsureVerb.run(rest, terminal);
            case "install" -> InstallVerb.run(rest);
            case "prune" -> PruneVerb.run(rest);
            case "--version", "-V" -> {
                terminal.out().println("hostseed " + Version.TEXT);
                yield ExitCode.OK.code();
            }
            case "--help", "-h", "help" -> {
                terminal.out().print(Help.text());
                yield ExitCode.OK.code();
            }
            case "" -> {
                terminal.err().print(Help.text());
                yield ExitCode.USAGE.code();
            }
            default -> throw new UsageException("'" + verb + "' is not a command");
        };
    }
}
