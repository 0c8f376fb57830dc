package dev.hostseed.core.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/// Damages a bundle in every way and asks a judge each time. A bundle is a directory of files, or one file: whatever
/// its form, each damage has to be refused, and the message has to name the file.
///
/// @param bundle whole and sound; it is again when a method returns
/// @param judge throws [BadBundleException] for a bundle that is not sound
record Damage(Path bundle, Judge judge) {

    @FunctionalInterface
    interface Judge {
        /// @param damaged the file in which something is wrong
        void look(Path damaged) throws IOException;
    }

    /// Cuts every file off at every length.
    ///
    /// @return how many there were
    int truncations() throws IOException {
        var count = 0;
        for (var file : files()) {
            var sound = Files.readAllBytes(file);
            for (var length = 0; length < sound.length; length++) {
                Files.write(file, Arrays.copyOf(sound, length));
                refused(file, "cut off at " + length);
                count++;
            }
            Files.write(file, sound);
        }
        return count;
    }

    /// Flips bits of each file that `which` holds for.
    ///
    /// @param every how many bits there are from one to the next: 1 for all
    /// @return how many there were
    int flips(Predicate<Path> which, int every) throws IOException {
        var count = 0;
        for (var file : files()) {
            if (which.test(file)) {
                for (var bit = 0L; bit < 8 * Files.size(file); bit += every) {
                    flip(file, bit);
                    refused(file, "bit " + bit);
                    flip(file, bit);
                    count++;
                }
            }
        }
        return count;
    }

    /// Flips `count` random bits of all files, one after another.
    void randomFlips(int count, long seed) throws IOException {
        var random = new Random(seed);
        var files = files();
        var sizes = new long[files.size()];
        for (var i = 0; i < sizes.length; i++) {
            sizes[i] = Files.size(files.get(i));
        }
        for (var i = 0; i < count; i++) {
            var at = random.nextLong(Arrays.stream(sizes).sum());
            var file = 0;
            while (at >= sizes[file]) {
                at -= sizes[file++];
            }
            var bit = 8 * at + random.nextInt(8);
            flip(files.get(file), bit);
            refused(files.get(file), "seed " + seed + ", flip " + i + ", bit " + bit);
            flip(files.get(file), bit);
        }
    }

    /// By hand: an assertion of a library for each of 100,000 damages takes longer than the damage.
    private void refused(Path file, String what) throws IOException {
        var name = String.valueOf(file.getFileName());
        try {
            judge.look(file);
        } catch (BadBundleException refused) {
            if (String.valueOf(refused.getMessage()).contains(name)) {
                return;
            }
            throw new AssertionError(name + ", " + what + ": the message does not name it: " + refused.getMessage());
        }
        throw new AssertionError(name + ", " + what + ": accepted");
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(bundle)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void flip(Path file, long bit) throws IOException {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            channel.position(bit / 8).read(one);
            one.put(0, (byte) (one.get(0) ^ 1 << bit % 8));
            channel.position(bit / 8).write(one.flip());
        }
    }
}
