package dev.hostseed.core.yaml;

/// Characters that show nothing, or turn the order in which text is shown.
public final class Invisible {
    private Invisible() {}

    /// Whether `text` has a zero-width or a bidirectional control character.
    public static boolean in(String text) {
        return text.codePoints()
                .anyMatch(c -> (c >= 0x200b && c <= 0x200f)
                        || (c >= 0x202a && c <= 0x202e)
                        || (c >= 0x2060 && c <= 0x2069)
                        || c == 0xfeff);
    }
}
