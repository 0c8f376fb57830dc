package dev.hostseed.core.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.host.ImageBuild;
import dev.hostseed.core.host.ImageBuild.Dockerfile;
import dev.hostseed.core.image.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.LogOutputStream;
import org.apache.commons.exec.PumpStreamHandler;
import org.apache.commons.exec.ShutdownHookProcessDestroyer;

/// BuildKit, by `docker buildx build`.
///
/// @param docker the command, found by PATH, or a path
/// @param socket of the Engine that gets the images
/// @param environment of the command, whole
record BuildKit(String docker, Path socket, Map<String, String> environment) {
    static final String REMEDY = "install BuildKit's plugin of the docker command (package docker-buildx), "
            + "or give an archive of the image";

    /// Whether the command and its plugin are there.
    boolean isThere() {
        try {
            return run(List.of("buildx", "version"), new LastLines(), line -> {}, new byte[0], Map.of()) == 0;
        } catch (IOException noDocker) {
            return false;
        }
    }

    void build(ImageBuild build, Progress progress) throws IOException {
        BuildContext.check(build);
        var lines = new LastLines();
        var secrets = new TreeMap<String, String>();
        var arguments = BuildKitArguments.of(build, secrets::put);
        var stdin =
                build.recipe().dockerfile() instanceof Dockerfile.Inline(var text) ? text.getBytes(UTF_8) : new byte[0];
        progress.at("building " + build.image(), 0, 0);
        var status = run(
                arguments,
                lines,
                line -> {
                    if (isStep(line)) {
                        progress.at(
                                "building " + build.image() + ": "
                                        + LastLines.shortened(line.substring(line.indexOf('['))),
                                0,
                                0);
                    }
                },
                stdin,
                secrets);
        if (status != 0) {
            throw BuildReply.failed(build, "docker buildx ended with " + status, lines);
        }
    }

    /// A line such as `#7 [build 2/3] RUN make`.
    private static boolean isStep(String line) {
        return line.startsWith("#") && line.contains(" [") && line.indexOf(" [") < 8;
    }

    private interface Listener {
        void hear(String line);
    }

    private int run(
            List<String> arguments, LastLines lines, Listener listener, byte[] stdin, Map<String, String> variables)
            throws IOException {
        var command =
                new CommandLine(docker).addArguments(new String[] {"--host", "unix://" + socket.toAbsolutePath()});
        arguments.forEach(argument -> command.addArgument(argument, false));
        try (var output = new Lines(lines, listener)) {
            var executor = DefaultExecutor.builder()
                    .setExecuteStreamHandler(new PumpStreamHandler(output, output, new ByteArrayInputStream(stdin)))
                    .get();
            executor.setProcessDestroyer(new ShutdownHookProcessDestroyer());
            executor.setExitValues(null); // any: the caller looks
            var all = new TreeMap<>(environment);
            all.putAll(variables);
            return executor.execute(command, all);
        }
    }

    private static final class Lines extends LogOutputStream {
        private final LastLines lines;
        private final Listener listener;

        Lines(LastLines lines, Listener listener) {
            this.lines = lines;
            this.listener = listener;
        }

        @Override
        protected void processLine(String line, int level) {
            var shown = LastLines.printable(line);
            lines.add(shown);
            listener.hear(shown);
        }
    }
}
