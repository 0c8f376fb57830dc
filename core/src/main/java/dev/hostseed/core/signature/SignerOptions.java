package dev.hostseed.core.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The options of a line of allowed signers: every one is known, there once, and not empty, or the line is
/// refused.
///
/// Rule: ssh-keygen(1), "ALLOWED SIGNERS".
final class SignerOptions {
    private SignerOptions() {}

    static TrustedKey.Allowed read(String text, ZoneId zone) throws BadSignatureException {
        var options = split(text);
        var after = time("valid-after", options, zone);
        var before = time("valid-before", options, zone);
        if (after != null && before != null && !after.isBefore(before)) {
            throw new BadSignatureException("valid-before is not later than valid-after");
        }
        return new TrustedKey.Allowed(options.getOrDefault("namespaces", ""), after, before);
    }

    private static Map<String, String> split(String text) throws BadSignatureException {
        var options = new HashMap<String, String>();
        for (var at = 0; at <= text.length(); ) {
            var end = at;
            while (end < text.length() && text.charAt(end) != '=' && text.charAt(end) != ',') {
                end++;
            }
            var name = text.substring(at, end).toLowerCase(Locale.ROOT);
            check(name);
            if (end == text.length() || text.charAt(end) != '=') {
                throw new BadSignatureException("option '" + name + "' without =\"…\"");
            }
            var close = text.startsWith("\"", end + 1) ? text.indexOf('"', end + 2) : -1;
            if (close <= end + 2) {
                throw new BadSignatureException("option '" + name + "' without a value in quotes");
            }
            if (options.put(name, text.substring(end + 2, close)) != null) {
                throw new BadSignatureException("option '" + name + "' is there twice");
            }
            if (close + 1 < text.length() && text.charAt(close + 1) != ',') {
                throw new BadSignatureException("no comma after option '" + name + "'");
            }
            at = close + 1 < text.length() ? close + 2 : text.length() + 1;
        }
        return options;
    }

    private static void check(String name) throws BadSignatureException {
        switch (name) {
            case "namespaces", "valid-after", "valid-before" -> {}
            case "cert-authority" ->
                throw new BadSignatureException("'cert-authority' would trust certificates, which are not taken: "
                        + "hostseed trusts keys alone; name the key itself");
            default ->
                throw new BadSignatureException(
                        "option '" + name + "' is not known; those are namespaces, valid-after and valid-before");
        }
    }

    private static @Nullable Instant time(String name, Map<String, String> options, ZoneId zone)
            throws BadSignatureException {
        var text = options.get(name);
        if (text == null) {
            return null;
        }
        var utc = text.endsWith("Z");
        var digits = utc ? text.substring(0, text.length() - 1) : text;
        if (digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 8 || digits.length() == 12 || digits.length() == 14)) {
            try {
                return time(digits).atZone(utc ? ZoneOffset.UTC : zone).toInstant();
            } catch (DateTimeException noSuchTime) {
                // said below
            }
        }
        throw new BadSignatureException(
                name + ": '" + text + "' is not a time; write YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, and Z for UTC");
    }

    private static LocalDateTime time(String digits) {
        var day = LocalDate.of(number(digits, 0, 4), number(digits, 4, 6), number(digits, 6, 8));
        return day.atTime(LocalTime.of(number(digits, 8, 10), number(digits, 10, 12), number(digits, 12, 14)));
    }

    private static int number(String digits, int from, int to) {
        return to > digits.length() ? 0 : Integer.parseInt(digits, from, to, 10);
    }
}
