package dev.hostseed.core.build;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.ImageBuild;
import dev.hostseed.core.image.Progress;
import java.util.Locale;
import java.util.stream.Stream;

/// What the Engine says while it builds. Its status is 200 whatever happens, so each line counts.
final class BuildReply {
    private final ImageBuild build;
    private final Progress progress;
    private final LastLines last = new LastLines();
    private String failure = "";
    private boolean made;

    BuildReply(ImageBuild build, Progress progress) {
        this.build = build;
        this.progress = progress;
    }

    void take(Data line) {
        if (!(line instanceof Data.Mapping mapping)) {
            return;
        }
        if (mapping.find("error").isPresent() || mapping.find("errorDetail").isPresent()) {
            failure = mapping.entries().get("error") instanceof Data.Text(var text) ? text : "an error without words";
        }
        if (mapping.entries().get("stream") instanceof Data.Text(var text)) {
            stream(text);
        }
        made |= mapping.entries().get("aux") instanceof Data.Mapping(var aux) && aux.containsKey("ID");
    }

    private void stream(String text) {
        made |= text.startsWith("Successfully built ");
        for (var line : text.split("\n")) {
            if (line.startsWith("Step ")) {
                last.clear();
                progress.at("building " + build.image() + ": " + LastLines.shortened(line), 0, 0);
            }
            if (!isHousekeeping(line)) {
                last.add(line);
            }
        }
    }

    private static boolean isHousekeeping(String line) {
        return line.startsWith(" ---> ") || line.startsWith("Removing intermediate container");
    }

    /// @throws BuildFailedException unless the Engine said that it made the image, and nothing else
    void check() throws BuildFailedException {
        if (!failure.isEmpty()) {
            throw failed(build, failure, last);
        }
        if (!made) {
            throw failed(build, "the Engine read the context and built nothing", last);
        }
    }

    /// @param why the Engine's own words
    static BuildFailedException failed(ImageBuild build, String why, LastLines last) {
        var hint = needsBuildKit(why) ? "\nThis was the Engine's own builder; " + BuildKit.REMEDY : "";
        return new BuildFailedException(build.request().where() + ": cannot build " + build.image() + ": "
                + LastLines.printable(why) + last + hint);
    }

    /// What the Engine's builder says of a newer Dockerfile than it knows.
    private static boolean needsBuildKit(String why) {
        var lower = why.toLowerCase(Locale.ROOT);
        return Stream.of("buildkit", "unknown instruction", "unknown flag").anyMatch(lower::contains);
    }
}
