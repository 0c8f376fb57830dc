package dev.hostseed.core.signature;

/// The words of a line, between blanks; a word may be quoted as a whole.
final class Words {
    private final String line;
    private int at;

    Words(String line) throws BadSignatureException {
        for (var i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i)) && line.charAt(i) != '\t') {
                throw new BadSignatureException("a control character in it");
            }
        }
        this.line = line.strip();
    }

    /// @param what it should be, for the message
    String next(String what) throws BadSignatureException {
        skipBlanks();
        var quoted = at < line.length() && line.charAt(at) == '"';
        var from = quoted ? at + 1 : at;
        var to = from;
        while (to < line.length() && (quoted ? line.charAt(to) != '"' : !isBlank(line.charAt(to)))) {
            to++;
        }
        at = Math.min(quoted ? to + 1 : to, line.length());
        if (quoted && (to == line.length() || at < line.length() && !isBlank(line.charAt(at)))) {
            throw new BadSignatureException("a quote that is not closed, or is not before a blank");
        }
        if (to == from) {
            throw new BadSignatureException("expected " + what + ", found nothing");
        }
        return line.substring(from, to);
    }

    /// A word in which quoted parts may hold blanks, with its quotes.
    String options() throws BadSignatureException {
        skipBlanks();
        var from = at;
        var quoted = false;
        while (at < line.length() && (quoted || !isBlank(line.charAt(at)))) {
            quoted ^= line.charAt(at++) == '"';
        }
        if (quoted) {
            throw new BadSignatureException("a quote that is not closed");
        }
        if (at == from) {
            throw new BadSignatureException("expected the type of a key, found nothing");
        }
        return line.substring(from, at);
    }

    boolean nextIsKeyType() {
        var back = at;
        skipBlanks();
        var from = at;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        var word = line.substring(from, at);
        at = back;
        return isKeyType(word);
    }

    /// Whether `word` may be the type of a key, as opposed to options, of which none starts so.
    static boolean isKeyType(String word) {
        return word.startsWith("ssh-")
                || word.startsWith("ecdsa-")
                || word.startsWith("sk-")
                || word.startsWith("webauthn-");
    }

    /// What is left, which is a comment.
    String rest() {
        return line.substring(at).strip();
    }

    private void skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
