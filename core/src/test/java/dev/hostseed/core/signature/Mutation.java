package dev.hostseed.core.signature;

import java.util.Arrays;
import java.util.Random;

/// Bytes that were changed somehow, never back into what they were.
final class Mutation {
    private Mutation() {}

    static byte[] of(byte[] good, Random random) {
        var changed = good;
        for (var times = 1 + random.nextInt(3); times > 0 || Arrays.equals(changed, good); times--) {
            changed = once(changed, random);
        }
        return changed;
    }

    private static byte[] once(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        var at = random.nextInt(bytes.length);
        var changed = bytes.clone();
        switch (random.nextInt(6)) {
            case 0 -> changed[at] = (byte) random.nextInt();
            case 1 -> changed = Arrays.copyOf(bytes, at);
            case 2 -> Arrays.fill(changed, at, Math.min(bytes.length, at + 4), (byte) -random.nextInt(2));
            case 3 -> System.arraycopy(bytes, 0, changed, at, bytes.length - at);
            case 4 -> {
                changed = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, changed, at + 1, bytes.length - at);
            }
            default -> {
                changed = new byte[random.nextInt(300)];
                random.nextBytes(changed);
            }
        }
        return changed;
    }
}
