package dev.hostseed.core.scan;

import dev.hostseed.core.data.GzipInputStream;
import dev.hostseed.core.scan.FileHits.Placed;
import dev.hostseed.core.scan.PathRules.PathRule;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Looks into one file after the other: at what it is by its path, and into what is in it. Archives are opened, those
/// in them are not; a compressed tar is one archive.
final class FileScanner {
    private static final List<String> SETTING_FILES = List.of(
            ".conf", ".cfg", ".cnf", ".ini", ".properties", ".yml", ".yaml", ".json", ".toml", ".env", ".tfvars");

    private static final int BUFFER = 16 << 10;
    private static final int MOST_BY_PATH = 1 << 20; // bytes of a file that is secret by its path
    private static final int LEVELS = 4; // a file, a compressed one in it, a tar in that, a file in that

    private final Budget budget;
    private final Visitor found;
    private final Window[] windows = new Window[LEVELS];

    interface Visitor {
        /// @param path of the file, or in an archive
        /// @param file of the layer
        void visit(String path, String file, Placed placed);
    }

    FileScanner(Budget budget, Visitor found) {
        this.budget = budget;
        this.found = found;
    }

    void scan(String path, InputStream content) throws IOException {
        budget.begin();
        scan(new Place(path, path, path, 0, false), content);
    }

    /// @param path as it is told
    /// @param file of the layer
    /// @param inner the path in the innermost archive
    /// @param isInArchive whether archives are not opened any more
    private record Place(String path, String file, String inner, int level, boolean isInArchive) {
        Place unpacked() {
            return new Place(path, file, inner, level + 1, isInArchive);
        }

        Place in(String name) {
            return new Place(path + "!/" + name, file, name, level + 1, true);
        }
    }

    private void scan(Place place, InputStream content) throws IOException {
        var window = window(place.level);
        TextScanner.fill(window, content, FileKind.ENOUGH);
        if (window.end == 0) {
            return;
        }
        var rule = PathRules.of(place.inner);
        if (rule.isPresent()) {
            scanByPath(place, rule.get(), all(window, content, MOST_BY_PATH));
            return;
        }
        var mayOpen = !place.isInArchive && place.level < LEVELS - 1;
        switch (FileKind.of(window)) {
            case TEXT -> text(place, window, content);
            case WIDE_TEXT -> wideText(place, window, content);
            case BINARY -> binary(place, window, content);
            case GZIP -> {
                if (mayOpen && place.level == 0) {
                    open(place, () -> gzip(place, joined(window, content)));
                }
            }
            case ZIP -> {
                if (mayOpen) {
                    open(place, () -> zip(place, joined(window, content)));
                }
            }
            case TAR -> {
                if (mayOpen) {
                    open(place, () -> tar(place, joined(window, content)));
                }
            }
        }
    }

    private Window window(int level) {
        if (windows[level] == null) {
            windows[level] = TextScanner.window();
        }
        windows[level].clear();
        return windows[level];
    }

    private void text(Place place, Window window, InputStream content) throws IOException {
        var hits = new FileHits();
        scanner(place.inner).scan(window, content, hits);
        tell(place, hits.sorted());
    }

    private void wideText(Place place, Window window, InputStream content) throws IOException {
        var narrow = new WideText(joined(window, content));
        window.clear();
        text(place, window, narrow);
    }

    private void binary(Place place, Window window, InputStream content) throws IOException {
        if (place.inner.endsWith(".pyc")) {
            text(place, window, content);
        } else if (KeyContainers.mayBeOne(window)) {
            var all = all(window, content, KeyContainers.MOST);
            KeyContainers.find(all).ifPresent(hit -> tell(place, List.of(new Placed(hit, 0, 0))));
        }
    }

    private void scanByPath(Place place, PathRule rule, byte[] content) {
        var window = new Window(content);
        var hits = new FileHits();
        scanner(place.inner).scan(window, hits);
        var hit = rule.find(window);
        if (hit.isEmpty()) {
            tell(place, hits.sorted());
        } else if (rule.isWhole()) {
            tell(place, hits.sortedWithin(hit.get()));
        } else {
            var line = 1 + TextScanner.lines(window, 0, hit.get().start());
            tell(place, hits.sortedWith(hit.get(), line));
        }
    }

    private static TextScanner scanner(String path) {
        for (var ending : SETTING_FILES) {
            if (path.endsWith(ending)) {
                return TextScanner.SETTINGS;
            }
        }
        return TextScanner.TEXT;
    }

    private void tell(Place place, List<Placed> hits) {
        hits.forEach(placed -> found.visit(place.path, place.file, placed));
    }

    private interface Opening {
        void run() throws IOException;
    }

    private void open(Place place, Opening opening) throws IOException {
        var isWhole = true;
        try {
            opening.run();
        } catch (ZipException | EOFException | MalformedLayerException | IllegalArgumentException damaged) {
            isWhole = false; // if it is the layer that ends here, its reader will find that, too
        }
        if (!isWhole || budget.wasExceeded()) {
            tell(place, List.of(new Placed(Hit.of(LayerScanner.UNREAD), 0, 0)));
        }
    }

    private void gzip(Place place, InputStream content) throws IOException {
        try (var plain = new GzipInputStream(content, BUFFER)) {
            scan(place.unpacked(), budget.limit(plain));
        }
    }

    private void zip(Place place, InputStream content) throws IOException {
        try (var zip = new ZipInputStream(content)) {
            var limited = budget.limit(zip);
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    scan(place.in(entry.getName()), limited);
                }
                if (zip.available() > 0) { // what the next entry would skip, whatever its size
                    limited.transferTo(OutputStream.nullOutputStream());
                }
                if (!budget.takeEntry()) {
                    return;
                }
            }
        }
    }

    private void tar(Place place, InputStream content) throws IOException {
        var tar = new LayerTar(content);
        for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
            if (entry.get().kind() == LayerEntry.Kind.FILE) {
                scan(place.in(entry.get().path()), tar.content());
            }
        }
    }

    /// All of a file, its beginning in `window`, up to `most` bytes.
    private static byte[] all(Window window, InputStream content, int most) throws IOException {
        var rest = content.readNBytes(Math.max(0, most - window.end));
        var all = Arrays.copyOf(window.bytes, window.end + rest.length);
        System.arraycopy(rest, 0, all, window.end, rest.length);
        return all;
    }

    private static InputStream joined(Window window, InputStream content) {
        var begin = new ByteArrayInputStream(Arrays.copyOf(window.bytes, window.end));
        return new SequenceInputStream(begin, content);
    }
}
