package dev.hostseed.vm;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// What happened to a machine, for a person to read: one line per step, each with the seconds since it was switched on.
final class Transcript implements Closeable {
    private static final int LINES_SHOWN = 30;
    private static final String MARGIN = " ".repeat(11);

    private final PrintWriter out;
    private long bootedAt = System.nanoTime();

    Transcript(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        out = new PrintWriter(Files.newBufferedWriter(file), true);
    }

    /// A chapter, whose time starts at 0.
    void boot(String title) {
        bootedAt = System.nanoTime();
        out.printf("%n%s%n%s%n", title, "-".repeat(title.length()));
    }

    void say(String sentence) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", sinceBoot().toMillis() / 1000.0, sentence);
    }

    /// A command and what came of it; of a long output the end.
    void command(GuestCommand.Result result) {
        say("$ " + result.command());
        var lines = result.output().lines().toList();
        if (lines.size() > LINES_SHOWN) {
            out.println(MARGIN + "… " + (lines.size() - LINES_SHOWN) + " lines before these");
        }
        lines.stream().skip(Math.max(0, lines.size() - LINES_SHOWN)).forEach(line -> out.println(MARGIN + line));
        if (result.code() != 0) {
            out.println(MARGIN + "exit code " + result.code());
        }
    }

    Duration sinceBoot() {
        return Duration.ofNanos(System.nanoTime() - bootedAt);
    }

    @Override
    public void close() {
        out.close();
    }
}
