package dev.hostseed.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where commands write: results to one stream, everything else to the other.
///
/// @param interactive whether a person watches `err`: progress is redrawn on one line instead of written line by line
/// @param quiet whether to leave progress out
public record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean quiet) {

    public static Terminal ofThisProcess(boolean quiet) {
        var dumb = "dumb".equals(System.getenv("TERM"));
        return new Terminal(System.out, System.err, !dumb && errorIsTerminal(), quiet);
    }

    /// Whether a person reads standard error as it is written, where progress and problems go. [java.io.Console] knows
    /// of input and output only.
    public static boolean errorIsTerminal() {
        try {
            var device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /// A line about what was done: for people, not for programs.
    public void say(String line) {
        if (!quiet) {
            err.println(line);
        }
    }

    /// A line about what went wrong, in the form that all of ours have.
    public void fail(String what) {
        err.println("hostseed: " + printable(what));
    }

    /// `text` without control characters: messages quote what comes from outside.
    public static String printable(String text) {
        var clean = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            clean.append(c < 0x20 && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0 ? '?' : c);
        }
        return clean.toString();
    }
}
