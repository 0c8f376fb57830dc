package dev.hostseed.cli;

import dev.hostseed.core.data.Plural;
import dev.hostseed.core.image.Progress;
import java.util.HashSet;
import java.util.Set;

/// Progress for people: on a terminal one line that is redrawn, elsewhere one line for each thing that is begun, with
/// `--quiet` none.
public final class ProgressLine implements Progress, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;

    private final Terminal terminal;
    private final Set<String> named = new HashSet<>();
    private String current = "";
    private long drawn;
    private int width;

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
        terminal.err().print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        terminal.err().flush();
        width = line.length();
    }

    /// Takes the line away.
    @Override
    public synchronized void close() {
        if (width > 0) {
            draw("");
            terminal.err().print("\r");
            terminal.err().flush();
        }
    }
}
