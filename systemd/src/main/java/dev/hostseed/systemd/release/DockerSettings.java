package dev.hostseed.systemd.release;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.TargetPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The settings of the Docker Engine on the host. Containers outlive a restart of the Engine only with `live-restore`.
record DockerSettings(Path root) {
    private static final TargetPath FILE = new TargetPath("/etc/docker/daemon.json");
    private static final String LIVE_RESTORE = "live-restore";

    /// The file, if there is none. One that somebody else wrote is left alone.
    ///
    /// @param report is told if containers will not outlive a restart of the Engine
    SortedMap<TargetPath, FileContent> missing(Consumer<String> report) throws IOException {
        var file = FILE.under(root);
        var files = new TreeMap<TargetPath, FileContent>();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            var settings = Data.mapping().with(LIVE_RESTORE, true);
            files.put(FILE, FileContent.readable(new String(Json.pretty(settings), StandardCharsets.UTF_8)));
        } else if (!isLiveRestore(file)) {
            report.accept(FILE + " does not say \"live-restore\": true, so containers go down with the Engine; add it");
        }
        return files;
    }

    private static boolean isLiveRestore(Path file) throws IOException {
        try {
            return Json.readMapping(Files.readAllBytes(file)).find(LIVE_RESTORE).orElse(Data.Null.NULL)
                            instanceof Data.Truth(var on)
                    && on;
        } catch (MalformedDataException malformed) {
            return false;
        }
    }
}
