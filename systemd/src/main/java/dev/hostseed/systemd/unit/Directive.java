package dev.hostseed.systemd.unit;

import dev.hostseed.core.host.TargetPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// One line of a unit file. There is a factory for each grammar that systemd has for values, and each encodes: what
/// goes in is what systemd reads out, or it is refused.
///
/// Every factory that takes foreign text throws [IllegalArgumentException] for text that no encoding can carry: one
/// with NUL, unpaired surrogates or noncharacters, or a line of 1 MiB. See [UnitText#carries(String)].
///
/// @param key as systemd's manual pages write it
/// @param value encoded
public record Directive(String key, String value) {
    private static final int LONGEST_LINE = (1 << 20) - 1;

    public Directive {
        if (key.length() + 1 + value.getBytes(StandardCharsets.UTF_8).length > LONGEST_LINE) {
            throw new IllegalArgumentException(key + "= is longer than systemd reads");
        }
    }

    /// A value of our own, which needs no encoding: `yes`, `notify`, a number.
    public static Directive literal(String key, String value) {
        return new Directive(key, value);
    }

    /// A command: a program and its arguments, exactly as the program will get them.
    ///
    /// @param words the first is an absolute path; none is longer than the kernel takes, 131071 bytes
    ///
    /// Rule: systemd.service(5), "Command lines".
    public static Directive command(String key, List<String> words) {
        return new Directive(key, words.stream().map(UnitText::word).collect(Collectors.joining(" ")));
    }

    /// A command whose failure does not count.
    public static Directive forgivenCommand(String key, List<String> words) {
        return new Directive(key, "-" + command(key, words).value());
    }

    /// An environment variable.
    ///
    /// @param name matches `[A-Za-z_][A-Za-z0-9_]*`: systemd passes over any other
    ///
    /// Rule: systemd.exec(5), "Environment=".
    public static Directive assignment(String key, String name, String value) {
        return new Directive(key, UnitText.assignment(name, value));
    }

    /// A text that takes all of the line, with specifiers: a description, a path, an identifier.
    ///
    /// @param text without control characters, and without a blank or a backslash at its ends: these cannot be kept
    public static Directive line(String key, String text) {
        return new Directive(key, UnitText.line(text));
    }

    /// Absolute paths, with specifiers.
    ///
    /// @param paths without control characters
    public static Directive paths(String key, Collection<TargetPath> paths) {
        return new Directive(key, paths.stream().map(UnitText::path).collect(Collectors.joining(" ")));
    }

    /// Names of units.
    public static Directive units(String key, Collection<UnitName> units) {
        return new Directive(key, units.stream().map(UnitName::value).collect(Collectors.joining(" ")));
    }

    /// A span of time, exact to the millisecond.
    ///
    /// @param time not negative
    public static Directive time(String key, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(key + "= cannot be negative: " + time);
        }
        var whole = time.toMillis() % 1000 == 0;
        return new Directive(key, whole ? time.toSeconds() + "s" : time.toMillis() + "ms");
    }

    /// The line, without its end.
    public String line() {
        return key + "=" + value;
    }
}
