package dev.hostseed.core.notation;

/// Plain decimal numbers.
public final class Digits {
    private Digits() {}

    /// -1 if `text` is no plain decimal number of at most nine digits.
    public static int number(String text) {
        return !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(text)
                : -1;
    }
}
