package dev.hostseed.vm;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the machine that runs these tests has to have.
final class Requirements {
    private Requirements() {}

    /// Leaves the test out, saying why, where something is missing; with `CI=true` fails it.
    static void check() {
        var missing = new ArrayList<String>();
        if (!"root".equals(System.getProperty("user.name"))) {
            missing.add("root");
        }
        for (var command : List.of("qemu-system-x86_64", "qemu-img", "isoinfo", "busybox")) {
            if (!onPath(command)) {
                missing.add(command);
            }
        }
        if (!Files.isExecutable(ShopSeed.hostseed())) {
            missing.add(ShopSeed.hostseed().toString());
        }
        if (missing.isEmpty()) {
            return;
        }
        var message = "no virtual machine without " + String.join(", ", missing);
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        abort(message);
    }

    /// Leaves the test out where the distribution cannot run in the guest, because the JDK that it was linked from
    /// wants a newer C library: that is so of Debian 13's JDK in a Debian 12, and no fault to be mended.
    static void checkRuntimeRunsOn(String suite) throws IOException {
        assumeTrue(
                runtimeRunsOn(suite),
                () -> "the runtime was linked from a JDK that wants a newer C library than " + suite + " has");
    }

    static boolean runtimeRunsOn(String suite) throws IOException {
        var wanted = Runtime.Version.parse(
                Files.readString(ShopSeed.hostseed().resolve("../../glibc").normalize())
                        .strip());
        return wanted.compareTo(Runtime.Version.parse(suite.equals("bookworm") ? "2.36" : "2.41")) <= 0;
    }

    private static boolean onPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
