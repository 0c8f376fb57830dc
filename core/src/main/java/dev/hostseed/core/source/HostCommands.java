package dev.hostseed.core.source;

import dev.hostseed.core.host.Machine.Command;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lists of commands under `x-host.commands`: words, or a line for the shell. All of them become arguments of a
/// program, some by way of a unit file.
final class HostCommands {
    /// Of all its words together, in bytes.
    private static final int LONGEST_COMMAND = 262_000;

    private HostCommands() {}

    static List<Command> read(Node node, Scope scope) {
        var commands = new ArrayList<Command>();
        for (var item : node instanceof Node.Sequence list ? list.items() : List.<Node>of()) {
            (item instanceof Node.Sequence words ? words(words, scope) : line(item, scope)).ifPresent(commands::add);
        }
        return commands;
    }

    private static Optional<Command> words(Node.Sequence node, Scope scope) {
        var words = Fields.texts(node, true, scope);
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            scope.report().as(Code.L03).error(node.at(), "a command without a program", "write one");
            return Optional.empty();
        }
        words.forEach(word -> check(word, "a word of a command", node.at(), scope));
        refuseIfLong(words, node.at(), scope);
        return Optional.of(new Command.Words(words));
    }

    private static Optional<Command> line(Node node, Scope scope) {
        var line = Fields.text(node, scope);
        line.ifPresent(text -> check(text, "a command", node.at(), scope));
        return line.map(Command.Shell::new);
    }

    /// The line of a unit file, in which a byte can take four.
    ///
    /// Rule: systemd, LONG_LINE_MAX.
    private static void refuseIfLong(List<String> words, Position at, Scope scope) {
        var bytes = words.stream()
                .mapToLong(word -> word.getBytes(StandardCharsets.UTF_8).length + 3L)
                .sum();
        if (bytes > LONGEST_COMMAND) {
            scope.report()
                    .as(Code.U09)
                    .error(at, "a command of 256 KiB or more", "a unit cannot hold it", "put it into a file");
        }
    }

    private static void check(String text, String what, Position at, Scope scope) {
        if (Passable.asArgument(text, what, at, scope)) {
            Passable.inUnit(text, at, scope);
        }
    }
}
