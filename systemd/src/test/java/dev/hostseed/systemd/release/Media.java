package dev.hostseed.systemd.release;

import dev.hostseed.core.file.Checksums;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.core.image.LockedImage;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/// Small media to install from.
final class Media {
    private Media() {}

    /// A `hostseed/` directory with the release for `host`, at `directory`; the digest of its list of checksums.
    static Digest write(Path directory, Host host, String buildId) throws IOException {
        var files = new TreeMap<TargetPath, FileContent>();
        Release.of(host, lock(host))
                .onMedium()
                .forEach((path, content) -> files.put(new TargetPath("/release/" + path), content));
        files.put(path("/runtime/build-id"), FileContent.readable(buildId + "\n"));
        files.put(path("/runtime/bin/hostseed"), new FileContent.Held(Bytes.of("#!" + buildId), FileMode.EXECUTABLE));
        files.put(path("/runtime/lib/core.jar"), FileContent.readable("jar of " + buildId));
        files.put(path("/bundle/oci-layout"), FileContent.readable("{}"));
        files.put(
                path("/bundle/hostseed.lock"),
                new FileContent.Held(Bytes.of(LockFile.write(lock(host))), FileMode.READABLE));
        for (var layer : List.of("layer one", "layer two of " + buildId)) {
            var name = Digest.of(Bytes.of(layer).toArray()).hex();
            files.put(path("/bundle/blobs/sha256/" + name), FileContent.readable(layer));
        }
        FileTree.write(files, directory);
        return seal(directory);
    }

    /// Lists the files of the medium at `directory` as they are now.
    static Digest seal(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve("SHA256SUMS"));
        var sums = Checksums.of(directory, path -> path.startsWith("bundle/blobs/"))
                .text();
        Files.writeString(directory.resolve("SHA256SUMS"), sums);
        return Digest.of(Bytes.of(sums).toArray());
    }

    static Lock lock(Host host) {
        return new Lock(
                host.project().name(),
                1,
                Scan.NONE,
                host.project().services().stream()
                        .map(Service::image)
                        .distinct()
                        .map(Media::locked)
                        .toList());
    }

    private static LockedImage locked(ImageReference reference) {
        var config = new Content(Digest.of(Bytes.of("config of " + reference).toArray()), 7);
        var manifest =
                new Content(Digest.of(Bytes.of("manifest of " + reference).toArray()), 9);
        return new LockedImage(
                reference, "", new Platform("linux", "amd64", ""), config, manifest, manifest.digest(), List.of());
    }

    private static TargetPath path(String path) {
        return new TargetPath(path);
    }
}
