package dev.hostseed.cloudinit.iso;

import java.util.Random;

/// Names of files that are longer than Joliet has room for, or nearly so, and alike for long.
final class LongNames {
    private static final String[] LETTERS = {"a", "B", "-", "_", ".", "9", "é", "漢", "🚀", "~1"};

    private LongNames() {}

    static String random(Random random) {
        var name = new StringBuilder("shop-" + "x".repeat(40 + random.nextInt(23)));
        for (int i = random.nextInt(30); i > 0; i--) {
            name.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return name.toString();
    }
}
