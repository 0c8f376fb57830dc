package dev.hostseed.core.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Compose files of others with what Compose says of them, which are not part of the project: the environment's
/// `HOSTSEED_CORPUS` names their folder.
public final class Corpus {
    private Corpus() {}

    public static List<Path> folders(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    public static Data.Mapping table(String name) throws IOException {
        return Json.readMapping(
                Files.readAllBytes(path().resolve("compose-go/tables").resolve(name)));
    }

    public static Data.Mapping mapping(Data.Mapping in, String key) {
        return in.find(key).orElse(Data.mapping()) instanceof Data.Mapping mapping ? mapping : Data.mapping();
    }

    public static int size(Data.Mapping in, String key) {
        return in.find(key).orElse(Data.Null.NULL) instanceof Data.Sequence(var items) ? items.size() : 0;
    }

    public static List<String> texts(Data.Mapping in, String key) {
        var texts = new ArrayList<String>();
        if (in.find(key).orElse(Data.Null.NULL) instanceof Data.Sequence(var items)) {
            items.forEach(item -> texts.add(unescaped(string(item))));
        }
        return texts;
    }

    public static String text(Data.Mapping in, String key) {
        return string(in.find(key).orElse(new Data.Text("")));
    }

    /// Compose prints each `$` twice, so that its output can be read again.
    public static String unescaped(String text) {
        return text.replace("$$", "$");
    }

    public static String string(Data data) {
        return ((Data.Text) data).value();
    }

    /// Where it lies; the test is skipped where there is none.
    public static Path path() {
        var path = System.getenv().getOrDefault("HOSTSEED_CORPUS", "");
        assumeTrue(!path.isEmpty(), "HOSTSEED_CORPUS is not set: no corpus to test against");
        return Path.of(path);
    }
}
