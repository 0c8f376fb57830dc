package dev.hostseed.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The seed of the test project, `src/test/vm/shop`, as the distribution in the system property `hostseed.home` builds
/// it: images from Debian's busybox, no Engine, no network.
final class ShopSeed {
    private static final Path FOLDER = Path.of("target/vm/shop").toAbsolutePath();
    private static @Nullable Path built;

    private ShopSeed() {}

    static Path hostseed() {
        return Path.of(System.getProperty("hostseed.home", "target/hostseed"), "bin/hostseed")
                .toAbsolutePath();
    }

    /// The `seed.iso`, built at the first call.
    static synchronized Path iso() throws IOException, InterruptedException {
        if (built == null) {
            var images = FOLDER.resolve("images").toString();
            var output = FOLDER.resolve("dist");
            run("src/test/vm/shop/mkimages", images);
            run(
                    hostseed().toString(),
                    "build",
                    "src/test/vm/shop/compose.yaml",
                    "--images",
                    images,
                    "--output",
                    output.toString());
            built = isoBelow(output);
        }
        return built;
    }

    private static Path isoBelow(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("seed.iso"))
                    .findAny()
                    .orElseThrow(() -> new IOException("no seed.iso below " + folder));
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
    }
}
