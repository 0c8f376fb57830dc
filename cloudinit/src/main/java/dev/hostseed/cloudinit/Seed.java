package dev.hostseed.cloudinit;

import dev.hostseed.core.file.Checksums;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.systemd.release.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything on the medium of a host.
///
/// @param files by path on the medium
public record Seed(MetaData metaData, SortedMap<String, FileContent> files) {
    /// The label that cloud-init looks for.
    public static final String LABEL = "CIDATA";

    private static final List<String> NO_CLOUD = List.of("meta-data", "network-config", "user-data");
    private static final String OURS = "hostseed/";
    private static final String BLOBS = "bundle/blobs/";

    public Seed {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /// The seed that puts `release` on `host` by means of `runtime`.
    ///
    /// @param bundle by path in the bundle; empty if the images come some other way
    /// @throws IOException if a file of the runtime or the bundle cannot be read
    public static Seed of(Host host, Release release, Runtime runtime, SortedMap<String, FileContent> bundle)
            throws IOException {
        var files = new TreeMap<String, FileContent>();
        put(files, "runtime/", runtime.files());
        put(files, "release/", release.onMedium());
        put(files, "bundle/", bundle);
        var checksums = checksums(files).text();
        files.put(OURS + "SHA256SUMS", FileContent.readable(checksums));
        return of(host, files, Digest.of(checksums.getBytes(StandardCharsets.UTF_8)));
    }

    private static Seed of(Host host, TreeMap<String, FileContent> files, Digest checksums) {
        var network = NetworkConfig.text();
        var unnamed = UserData.render(host, new InstallStep(checksums, ""));
        var metaData = MetaData.of(host.name(), unnamed, network);
        var userData = UserData.render(host, new InstallStep(checksums, metaData.instanceId()));
        files.put("user-data", FileContent.secret(userData));
        files.put("meta-data", FileContent.readable(metaData.text()));
        files.put("network-config", FileContent.secret(network));
        return new Seed(metaData, files);
    }

    private static void put(TreeMap<String, FileContent> to, String below, SortedMap<String, FileContent> files) {
        files.forEach((path, content) -> to.put(OURS + below + path, content));
    }

    /// Those of all files of ours but the blobs, which the lock covers.
    private static Checksums checksums(SortedMap<String, FileContent> files) throws IOException {
        var digests = new TreeMap<String, Digest>();
        for (var file : files.entrySet()) {
            var path = file.getKey().substring(OURS.length());
            if (!path.startsWith(BLOBS)) {
                digests.put(path, digest(path, file.getValue()));
            }
        }
        return new Checksums(digests);
    }

    private static Digest digest(String path, FileContent content) throws IOException {
        return switch (content) {
            case FileContent.Held(var bytes, var mode) -> Digest.of(bytes.toArray());
            case FileContent.Copied(var source, var mode) -> Checksums.digest(source.toRealPath());
            case FileContent.Link link -> throw new IllegalArgumentException("no link can be checked: " + path);
        };
    }

    /// The text of `user-data`.
    public String userData() {
        return text("user-data");
    }

    /// The text of `network-config`.
    public String networkConfig() {
        return text("network-config");
    }

    private String text(String path) {
        return files.get(path) instanceof FileContent.Held(var bytes, var mode) ? bytes.utf8() : "";
    }

    /// Writes what cloud-init reads to `directory`, as a NoCloud seed directory: `user-data`, `meta-data` and
    /// `network-config`, without what hostseed installs.
    public void writeDirectory(Path directory) throws IOException {
        var noCloud = new TreeMap<TargetPath, FileContent>();
        for (var name : NO_CLOUD) {
            noCloud.put(new TargetPath("/" + name), Objects.requireNonNull(files.get(name)));
        }
        FileTree.write(noCloud, directory);
    }
}
