package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.EngineFullException;
import dev.hostseed.core.engine.EngineLostException;
import dev.hostseed.core.engine.EngineRefusedException;
import java.io.IOException;
import java.util.List;

/// What the Engine says while it loads. Its status is 200 whatever happens, so each line counts.
final class LoadReply {
    /// What Linux, and so Go, calls `ENOSPC` and `EDQUOT`.
    private static final String NO_SPACE = "no space left on device";

    /// What gRPC, and so the Engine, calls a containerd that goes down while the Engine itself still answers.
    private static final List<String> LOST = List.of(
            "client connection is closing",
            "transport is closing",
            "failed to send write: EOF",
            "error reading from server: EOF",
            "connection refused");

    private static final String NO_QUOTA = "disk quota exceeded";

    private final LockedImage image;
    private final Progress progress;
    private String failure = "";
    private boolean loaded;

    LoadReply(LockedImage image, Progress progress) {
        this.image = image;
        this.progress = progress;
    }

    void take(Data line) {
        if (!(line instanceof Data.Mapping mapping)) {
            return;
        }
        if (mapping.find("error").isPresent() || mapping.find("errorDetail").isPresent()) {
            failure = failure.isEmpty() ? error(mapping) : failure;
        }
        if (mapping.entries().get("stream") instanceof Data.Text(var text)) {
            loaded |= text.startsWith("Loaded image");
            if (text.contains("Error unpacking image")) { // after "Loaded image", by containerd's store
                failure = text;
            }
        }
        if (mapping.entries().get("status") instanceof Data.Text(var text)) {
            loaded |= text.startsWith("sha256:"); // the image that was created
        }
        if (mapping.entries().get("progressDetail") instanceof Data.Mapping detail) {
            progress.at("unpacking " + image.reference(), whole(detail, "current"), whole(detail, "total"));
        }
    }

    /// What to throw for `refused`, the status of the answer.
    EngineRefusedException refusal(EngineRefusedException refused) {
        var why = String.valueOf(refused.getMessage());
        return isFull(why) ? new EngineFullException(cannotLoad(why)) : refused;
    }

    /// @throws EngineRefusedException unless the Engine said that it loaded the image, and nothing else
    /// @throws EngineLostException if it is about to go down
    void check() throws IOException {
        if (LOST.stream().anyMatch(failure::contains)) {
            throw new EngineLostException(cannotLoad(printable(failure)), new IOException("its image store is gone"));
        }
        if (isFull(failure)) {
            throw new EngineFullException(cannotLoad(printable(failure)));
        }
        if (!failure.isEmpty()) {
            throw new EngineRefusedException(200, cannotLoad(printable(failure)));
        }
        if (!loaded) {
            throw new EngineRefusedException(200, cannotLoad("the Engine read it and loaded nothing"));
        }
    }

    private static boolean isFull(String why) {
        return why.contains(NO_SPACE) || why.contains(NO_QUOTA);
    }

    private String cannotLoad(String why) {
        return "cannot load " + image.reference() + ": " + why;
    }

    private static long whole(Data.Mapping detail, String key) {
        return detail.entries().get(key) instanceof Data.Whole(var number) ? Math.max(0, number) : 0;
    }

    private static String error(Data.Mapping line) {
        return line.entries().get("error") instanceof Data.Text(var text) ? text : "an error without words";
    }

    private static String printable(String text) {
        var shown = new StringBuilder();
        text.strip().codePoints().limit(2000).forEach(c -> shown.appendCodePoint(isShown(c) ? c : ' '));
        return shown.toString();
    }

    /// Neither what a terminal obeys nor what turns a line's direction.
    private static boolean isShown(int c) {
        return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
    }
}
