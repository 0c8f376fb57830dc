package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;

/// A text at which a look is worth it, and what must stand around it for that. A few bytes, chosen well, spare most of
/// the looks: a text that is made of nothing but keywords is walked through nearly as fast as any other.
///
/// @param text at least three ASCII characters
/// @param probes all of which must hold
record Keyword(byte[] text, List<Probe> probes) {
    private static final int LEAST = 3;

    /// @param offset from where the keyword starts
    /// @param allowed what may be there; outside of a window is a 0
    record Probe(int offset, Alphabet allowed) {
        boolean holds(Window window, int at) {
            return allowed.has(window.at(at + offset));
        }
    }

    Keyword {
        probes = List.copyOf(probes);
        if (text.length < LEAST) {
            throw new IllegalArgumentException("too short: " + new String(text, ISO_8859_1));
        }
    }

    static Keyword of(String text, Probe... probes) {
        return new Keyword(text.getBytes(ISO_8859_1), List.of(probes));
    }

    /// @param after what may follow each of the texts
    static List<Keyword> all(List<String> texts, Alphabet after) {
        return texts.stream()
                .map(text -> of(text, new Probe(text.length(), after)))
                .toList();
    }
}
