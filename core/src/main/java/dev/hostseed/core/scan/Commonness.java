package dev.hostseed.core.scan;

/// How common it is in texts and programs that one character follows another: a rough guess, which costs time alone
/// where it is wrong.
final class Commonness {
    private static final int COMMON = 16;
    private static final String RARE = "jkqvxz";
    private static final String RUNS = "-=/* #.,";

    private Commonness() {}

    static int of(char first, char second) {
        if (first == second && RUNS.indexOf(first) >= 0) {
            return COMMON; // lines are drawn with them
        }
        return weight(first) * weight(second);
    }

    private static int weight(char c) {
        if (c >= 'a' && c <= 'z') {
            return RARE.indexOf(c) >= 0 ? 2 : 4;
        }
        return c == ' ' ? 3 : 1;
    }
}
