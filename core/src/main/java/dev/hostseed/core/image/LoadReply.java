package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.EngineRefusedException;

/// What the Engine says while it loads. Its status is 200 whatever happens, so each line counts.
final class LoadReply {
    private String failure = "";
    private boolean loaded;

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
    }

    /// @throws EngineRefusedException unless the Engine said that it loaded the image, and nothing else
    void check(LockedImage image) throws EngineRefusedException {
        if (!failure.isEmpty()) {
            throw new EngineRefusedException(200, "cannot load " + image.reference() + ": " + printable(failure));
        }
        if (!loaded) {
            throw new EngineRefusedException(
                    200, "cannot load " + image.reference() + ": the Engine read it and loaded nothing");
        }
    }

    private static String error(Data.Mapping line) {
        return line.entries().get("error") instanceof Data.Text(var text) ? text : "an error without words";
    }

    private static String printable(String text) {
        var shown = new StringBuilder();
        text.strip().codePoints().limit(2000).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return shown.toString();
    }
}
