package dev.hostseed.cli;

import dev.hostseed.core.data.Plural;
import dev.hostseed.core.image.Progress;
import java.util.HashSet;
import java.util.Set;

/// Progress for people: on a terminal one line that is redrawn, elsewhere one line for each thing that is begun, with
/// `--quiet` none.
public final class ProgressLine implements Progress, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;

    /// Goes to the start of the line, and cuts off what is longer than it: a line that goes on below could not be
    /// redrawn.
    /// Rule: ECMA-48 and DEC private mode 7, as console_codes(4) has them.
    private static final String START = "\r\033[?7l";

    private static final String END = "\033[K\033[?7h";

    private final Terminal terminal;
    private final Set<String> named = new HashSet<>();
    private String current = "";
    private long drawn;
    private boolean isShown;

    public ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void at(String what, long done, long total) {
        if (terminal.quiet()) {
            return;
        }
        var begun = !what.equals(current);
        current = what;
        if (!terminal.interactive()) {
            if (named.add(what)) { // of two things that go on at a time, each is told once
                terminal.say(what + (total > 0 ? " (" + Plural.ofBytes(total) + ")" : ""));
            }
            return;
        }
        var now = System.nanoTime();
        if (begun || now - drawn >= REDRAW_NANOS || done == total) {
            drawn = now;
            draw(what
                    + (done > 0 || total > 0 ? "  " + Plural.ofBytes(done) : "")
                    + (total > 0 ? " of " + Plural.ofBytes(total) + "  " + 100 * done / total + " %" : ""));
        }
    }

    private void draw(String line) {
        terminal.err().print(START + Terminal.printable(line) + END);
        terminal.err().flush();
        isShown = true;
    }

    /// Takes the line away.
    @Override
    public synchronized void close() {
        if (isShown) {
            draw("");
            isShown = false;
        }
    }
}
