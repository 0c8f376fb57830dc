package dev.hostseed.systemd.release;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.TargetPath;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What `release.json` says: what belongs to a release. It lies on the medium, and on the host as long as the release
/// does, so that what is ours can be told from what is not.
///
/// @param id 16 hexadecimal digits
/// @param links by path, with their targets
record Manifest(
        String id, ProjectName project, SortedMap<TargetPath, File> files, SortedMap<TargetPath, String> links) {
    static final String NAME = "release.json";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

    record File(Digest digest, FileMode mode) {}

    Manifest {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not the id of a release: '" + id + "'");
        }
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
    }

    static Manifest of(Release release) {
        var files = new TreeMap<TargetPath, File>();
        var links = new TreeMap<TargetPath, String>();
        release.files().forEach((path, content) -> {
            switch (content) {
                case FileContent.Held(var bytes, var mode) ->
                    files.put(path, new File(Digest.of(bytes.toArray()), mode));
                case FileContent.Link(var target) -> links.put(path, target);
                case FileContent.Copied copied ->
                    throw new IllegalStateException("a release holds its files, but not " + copied.source());
            }
        });
        return new Manifest(release.id(), release.project(), files, links);
    }

    /// Every path that belongs to the release.
    SortedSet<TargetPath> paths() {
        var paths = new TreeSet<>(files.keySet());
        paths.addAll(links.keySet());
        return paths;
    }

    Bytes json() {
        var json = Data.mapping()
                .with("release", id)
                .with("project", project.value())
                .with(
                        "files",
                        mapping(
                                files,
                                file -> Data.mapping()
                                        .with("sha256", file.digest().hex())
                                        .with("mode", file.mode().toString())))
                .with("links", mapping(links, Data.Text::new));
        return Bytes.of(Json.pretty(json));
    }

    private static <T> Data.Mapping mapping(SortedMap<TargetPath, T> values, Function<T, Data> value) {
        var entries = new LinkedHashMap<String, Data>();
        values.forEach((path, each) -> entries.put(path.value(), value.apply(each)));
        return new Data.Mapping(entries);
    }

    /// @throws MalformedDataException if `json` is not what [#json] gives
    static Manifest read(byte[] json) throws MalformedDataException {
        var mapping = Json.readMapping(json);
        try {
            var files = new TreeMap<TargetPath, File>();
            for (var entry : entries(mapping, "files")) {
                files.put(new TargetPath(entry.getKey()), file(entry.getValue()));
            }
            var links = new TreeMap<TargetPath, String>();
            for (var entry : entries(mapping, "links")) {
                links.put(new TargetPath(entry.getKey()), text(entry.getValue()));
            }
            return new Manifest(text(mapping, "release"), new ProjectName(text(mapping, "project")), files, links);
        } catch (IllegalArgumentException notOne) {
            throw new MalformedDataException(NAME + ": " + notOne.getMessage());
        }
    }

    private static File file(Data data) throws MalformedDataException {
        if (data instanceof Data.Mapping mapping) {
            var mode = new FileMode(Integer.parseInt(text(mapping, "mode"), 8));
            return new File(new Digest("sha256:" + text(mapping, "sha256")), mode);
        }
        throw new MalformedDataException(NAME + ": a file is not an object");
    }

    private static Iterable<Map.Entry<String, Data>> entries(Data.Mapping mapping, String key)
            throws MalformedDataException {
        if (mapping.find(key).orElse(null) instanceof Data.Mapping(var entries)) {
            return entries.entrySet();
        }
        throw new MalformedDataException(NAME + ": '" + key + "' is not an object");
    }

    private static String text(Data.Mapping mapping, String key) throws MalformedDataException {
        return text(mapping.find(key).orElse(Data.Null.NULL));
    }

    private static String text(Data data) throws MalformedDataException {
        if (data instanceof Data.Text(var text)) {
            return text;
        }
        throw new MalformedDataException(NAME + ": expected a text");
    }
}
