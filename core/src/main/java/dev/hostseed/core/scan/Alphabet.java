package dev.hostseed.core.scan;

/// A set of ASCII characters, written as in a regular expression: `A-Za-z0-9_`.
///
/// @param written without the brackets
record Alphabet(String written, boolean[] members) {
    /// What goes on in the word before or after: a secret does not begin or end amid one.
    static final Alphabet WORD = Alphabet.of("A-Za-z0-9_");

    static Alphabet of(String written) {
        var members = new boolean[256];
        for (var i = 0; i < written.length(); i++) {
            var from = written.charAt(i);
            var isRange = i + 2 < written.length() && written.charAt(i + 1) == '-';
            var to = isRange ? written.charAt(i + 2) : from;
            for (var c = from; c <= to; c++) {
                members[c] = true;
            }
            i += isRange ? 2 : 0;
        }
        return new Alphabet(written, members);
    }

    /// Every byte that is not among these, 0 as well.
    Alphabet others() {
        var others = new boolean[members.length];
        for (var i = 0; i < others.length; i++) {
            others[i] = !members[i];
        }
        return new Alphabet("^" + written, others);
    }

    /// These and the bytes of `other`.
    Alphabet and(Alphabet other) {
        var both = members.clone();
        for (var i = 0; i < both.length; i++) {
            both[i] |= other.members[i];
        }
        return new Alphabet(written + other.written, both);
    }

    boolean has(int b) {
        return members[b & 0xff];
    }
}
