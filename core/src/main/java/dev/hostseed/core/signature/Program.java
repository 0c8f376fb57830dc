package dev.hostseed.core.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Programs that sign: they see the terminal, and the message as a file of their own.
final class Program {
    private static final int MAX_OUTPUT = 256 << 10; // bytes

    private Program() {}

    interface Work {
        byte[] over(Path file) throws IOException;
    }

    /// What `work` makes of a file with `message` in a directory that is there for that alone.
    static byte[] overFile(byte[] message, Work work) throws IOException {
        var directory = Files.createTempDirectory("hostseed-sign");
        try {
            var file = Files.write(directory.resolve("hostseed.lock"), message);
            return work.over(file);
        } finally {
            try (var left = Files.list(directory)) {
                for (var file : left.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    /// @param missing what to say if there is no such program
    /// @throws BadSignatureException if it fails; it has said why
    static void run(List<String> command, String missing) throws IOException {
        var process = started(new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD), missing);
        end(process, command);
    }

    /// What it writes.
    static String output(List<String> command, String missing) throws IOException {
        var process = started(new ProcessBuilder(command), missing);
        try (var out = process.getInputStream()) {
            var text = new String(out.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
            end(process, command);
            return text;
        }
    }

    private static Process started(ProcessBuilder builder, String missing) throws IOException {
        try {
            return builder.redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException notStarted) {
            throw new IOException("no " + builder.command().getFirst() + " here: " + missing, notStarted);
        }
    }

    private static void end(Process process, List<String> command) throws IOException {
        try {
            var status = process.waitFor();
            if (status != 0) {
                throw new BadSignatureException(command.getFirst() + " did not sign: it ended with " + status);
            }
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("stopped while " + command.getFirst() + " signed", stopped);
        }
    }
}
