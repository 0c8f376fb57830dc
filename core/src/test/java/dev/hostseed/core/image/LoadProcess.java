package dev.hostseed.core.image;

import dev.hostseed.core.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the tests start as a process of its own: a load that stops in the middle and waits to be killed.
final class LoadProcess {
    private LoadProcess() {}

    /// @param arguments a bundle, the Engine's socket, and after how many bytes of an image to wait; then what cannot
    /// be
    /// done is printed
    public static void main(String[] arguments) throws Exception {
        var half = Long.parseLong(arguments[2]);
        try {
            BundleLoader.load(Path.of(arguments[0]), Engine.at(Path.of(arguments[1])), (what, done, total) -> {
                if (what.startsWith("loading") && done >= half) {
                    System.out.println("half");
                    waitToBeKilled();
                }
            });
            System.out.println("loaded");
        } catch (IOException failure) {
            System.out.println(failure.getMessage());
        }
    }

    private static void waitToBeKilled() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param before the words of a command that runs it
    static Process start(List<String> before, Path bundle, Path socket, long half) throws IOException {
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                classes,
                "--enable-native-access=ALL-UNNAMED",
                LoadProcess.class.getName(),
                bundle.toString(),
                socket.toString(),
                Long.toString(half)));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
