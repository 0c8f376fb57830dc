package dev.hostseed.core.variables;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The files `.env` and `env_file` name: `NAME=value`, `NAME: value`, `export`, quotes, comments, values over several
/// lines, variables in what is not in single quotes. A name alone takes its value from the environment.
///
/// Rule: Compose's dialect as compose-go reads it.
public final class Dotenv {
    private final String text;
    private final Path file;
    private final Map<String, String> environment;
    private final Report report;
    private final SequencedMap<String, String> values = new LinkedHashMap<>();
    private final Lines lines;
    private long total;
    private int at;

    private Dotenv(String text, Path file, Map<String, String> environment, Report report) {
        this.text = text.replace("\r\n", "\n");
        this.lines = new Lines(this.text);
        this.file = file;
        this.environment = environment;
        this.report = report.as(Code.U12);
        report.showNames(file);
    }

    /// The variables of `text`, in the order in which they first appear.
    ///
    /// @param environment beats what the file itself has set when a value refers to a variable
    public static SequencedMap<String, String> read(
            String text, Path file, Map<String, String> environment, Report report) {
        var reader = new Dotenv(text.startsWith("\uFEFF") ? text.substring(1) : text, file, environment, report);
        while (reader.toStatement() && reader.statement()) {
            // each statement moves on
        }
        return reader.values;
    }

    private boolean toStatement() {
        while (at < text.length()) {
            if (text.charAt(at) == '#') {
                var end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private boolean statement() {
        var start = at;
        if (text.startsWith("export", at) && at + 6 < text.length() && isBlank(text.charAt(at + 6))) {
            at += 6;
            skipBlanks();
        }
        var nameStart = at;
        while (at < text.length() && "=:\n".indexOf(text.charAt(at)) < 0) {
            var c = text.codePointAt(at);
            if (!Character.isLetterOrDigit(c) && "_.-[]".indexOf(c) < 0 && !isBlank(c)) {
                return fail(at, "'" + Character.toString(c) + "' in the name of a variable", "write NAME=value");
            }
            at += Character.charCount(c);
        }
        var name = text.substring(nameStart, at).strip();
        if (name.indexOf(' ') >= 0 || name.indexOf('\t') >= 0) {
            return fail(start, "'" + name + "' is not the name of a variable", "write NAME=value");
        }
        if (at >= text.length() || text.charAt(at) == '\n') {
            inherit(name, nameStart);
            return true;
        }
        if (name.isEmpty()) {
            report.error(position(start), "a variable without a name", "write NAME=value");
        }
        at++;
        skipBlanks();
        return value(name);
    }

    private void inherit(String name, int start) {
        var known = environment.get(name);
        if (known != null) {
            values.put(name, known);
        } else if (!report.isFull()) {
            report.warn(position(start), name + " has no value and is not set, ignoring", "set it or write a value");
        }
    }

    private boolean value(String name) {
        var quote = at < text.length() ? text.charAt(at) : '\n';
        if (quote == '"' || quote == '\'') {
            return quoted(name, quote);
        }
        var start = at;
        var end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        var line = text.substring(start, at);
        var comment = line.indexOf(" #");
        return put(name, (comment < 0 ? line : line.substring(0, comment)).stripTrailing(), start);
    }

    private boolean quoted(String name, char quote) {
        var start = at++;
        var raw = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            var escapes = text.charAt(at) == '\\' && at + 1 < text.length();
            if (escapes && text.charAt(at + 1) != quote) {
                raw.append('\\');
            }
            at += escapes ? 1 : 0;
            raw.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            return fail(start, "unterminated quoted value", "close the quote");
        }
        at++;
        if (quote == '\'') {
            return take(name, raw.toString(), start);
        }
        return put(name, escaped(raw.toString()), start);
    }

    private boolean put(String name, String value, int start) {
        var template = new Template(this::find, (unset, ignored) -> warnUnset(unset, start));
        try {
            return take(name, template.fill(value), start);
        } catch (Template.BadTemplateException bad) {
            report.as(bad.code).error(position(start), bad.what(), bad.remedy);
            return false;
        }
    }

    private void warnUnset(String name, int start) {
        if (!report.isFull()) {
            report.as(Code.I01)
                    .warn(
                            position(start),
                            "the variable " + name + " is not set, taking it for empty",
                            "set it, or write ${" + name + ":-}");
        }
    }

    private boolean take(String name, String value, int start) {
        total += value.length();
        if (total > Template.MAXIMUM_LENGTH) {
            return fail(start, "the variables of this file make more than 4 MiB of text", "use fewer or shorter ones");
        }
        if (value.indexOf('\0') >= 0) {
            return fail(start, "a value with a NUL character", "remove it: no program can take it");
        }
        values.put(name, value);
        return true;
    }

    private Optional<String> find(String name) {
        return Optional.ofNullable(environment.get(name)).or(() -> Optional.ofNullable(values.get(name)));
    }

    /// `\$` becomes `$$`, which the template turns into one dollar sign.
    private static String escaped(String raw) {
        var out = new StringBuilder();
        for (var i = 0; i < raw.length(); i++) {
            var next = raw.charAt(i) == '\\' && i + 1 < raw.length() ? raw.charAt(i + 1) : ' ';
            var known = "abfnrtv\"\\$".indexOf(next);
            if (raw.charAt(i) != '\\' || (known < 0 && next != '0')) {
                out.append(raw.charAt(i));
            } else if (next == '0') {
                var end = i + 2;
                while (end < raw.length() && end < i + 5 && raw.charAt(end) >= '0' && raw.charAt(end) <= '7') {
                    end++;
                }
                out.append((char) Integer.parseInt("0" + raw.substring(i + 2, end), 8));
                i = end - 1;
            } else {
                out.append(next == '$' ? "$$" : "\007\b\f\n\r\t\013\"\\".substring(known, known + 1));
                i++;
            }
        }
        return out.toString();
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(int c) {
        return c != '\n' && (Character.isWhitespace(c) || c == 0x85 || c == 0xa0);
    }

    private boolean fail(int offset, String what, String remedy) {
        report.error(position(offset), what, remedy);
        return false;
    }

    private Position position(int offset) {
        return lines.position(file, offset);
    }
}
