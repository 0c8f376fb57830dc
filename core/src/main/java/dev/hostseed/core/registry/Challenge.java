package dev.hostseed.core.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// One way to log in that a server offers.
///
/// @param scheme in lower case: `basic`, `bearer`
/// @param parameters by name in lower case
record Challenge(String scheme, SortedMap<String, String> parameters) {

    /// The parameter `name`, or an empty text.
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// What the `WWW-Authenticate` headers `values` offer. What cannot be read ends the header: what was read before
    /// it counts.
    ///
    /// Rule: RFC 9110, section 11.6.1, and 5.6.4 for quoted strings.
    static List<Challenge> parse(List<String> values) {
        var challenges = new ArrayList<Challenge>();
        for (var value : values) {
            new Reader(value, challenges).read();
        }
        return challenges;
    }

    private static final class Reader {
        private static final String SEPARATORS = "()<>@,;:\\\"/[]?={}";

        private final String text;
        private final List<Challenge> into;
        private int at;

        Reader(String text, List<Challenge> into) {
            this.text = text;
            this.into = into;
        }

        void read() {
            skip(" \t,");
            for (var scheme = token(); !scheme.isEmpty(); scheme = token()) {
                var parameters = new TreeMap<String, String>();
                skip(" \t,");
                var whole = parameters(parameters);
                into.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters));
                if (!whole) {
                    return;
                }
                skip(" \t,");
            }
        }

        /// Reads `name=value, …` up to the next scheme, which is a word without an equals sign.
        ///
        /// @return whether what follows can be read
        private boolean parameters(SortedMap<String, String> into) {
            while (at < text.length()) {
                var start = at;
                var name = token();
                skip(" \t");
                if (name.isEmpty() || !is('=')) {
                    at = start;
                    return !name.isEmpty();
                }
                skip(" \t="); // several end a token68, which only schemes have that are not known here
                into.putIfAbsent(name.toLowerCase(Locale.ROOT), is('"') ? quoted() : token());
                skip(" \t");
                if (at < text.length() && !is(',')) {
                    return false;
                }
                skip(" \t,");
            }
            return true;
        }

        private String token() {
            var start = at;
            while (at < text.length() && isToken(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private String quoted() {
            var value = new StringBuilder();
            for (at++; at < text.length() && !is('"'); at++) {
                if (is('\\') && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            at = Math.min(at + 1, text.length());
            return value.toString();
        }

        private boolean is(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private static boolean isToken(char c) {
            return c > ' ' && c < 0x7f && SEPARATORS.indexOf(c) < 0;
        }
    }
}
