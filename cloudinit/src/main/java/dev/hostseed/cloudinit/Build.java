package dev.hostseed.cloudinit;

import dev.hostseed.cloudinit.iso.IsoImage;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.ImageSource;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.Pins;
import dev.hostseed.core.image.Progress;
import dev.hostseed.core.image.Request;
import dev.hostseed.core.image.Signer;
import dev.hostseed.core.image.Target;
import dev.hostseed.core.scan.Search;
import dev.hostseed.systemd.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What `hostseed build` leaves for one host: a directory with the medium, and with its parts to read or to
/// serve in another way.
///
/// @param directory has `seed.iso`, `user-data`, `meta-data`, `network-config`, `units/`, `bundle/` and
/// `hostseed.lock`
/// @param iso the medium
public record Build(Path directory, Path iso, Seed seed, Release release, Lock lock) {
    private static final String UNITS = "/etc/systemd/system/";

    /// Builds `host` into `directory`. What an earlier build left there is replaced file by file, the medium
    /// last and in one step; layers that its bundle has are not compressed again. Equal input gives equal bytes.
    ///
    /// @param pins what an earlier lock of the project holds its images to
    /// @param search for secrets in the images
    /// @param sources asked for images in this order
    /// @param runtime the directory of a distribution, for machines like this one
    /// @param signer of the lock
    /// @throws dev.hostseed.core.image.BadBundleException if images are missing, or a needed archive is damaged
    /// @throws dev.hostseed.core.image.MovedException if the images are not those that locked pins want
    /// @throws dev.hostseed.core.scan.SecretsFoundException if there are secrets in the images that nobody allowed
    /// @throws dev.hostseed.core.image.WrongPlatformException if an image is there for other machines alone
    public static Build make(
            Host host,
            Pins pins,
            Search search,
            List<ImageSource> sources,
            Path runtime,
            Path directory,
            Signer signer,
            Progress progress)
            throws IOException {
        Files.createDirectories(directory);
        var bundle = directory.resolve("bundle");
        var project = host.project();
        var request = new Request(project.name(), project.images(), Platform.ofThisMachine(), pins, search);
        var lock = Bundle.collect(request, sources, Target.directory(bundle), signer, progress);
        var release = Release.of(host, lock);
        var seed = Seed.of(host, release, Runtime.at(runtime), copied(bundle));
        seed.writeDirectory(directory);
        writeToRead(release, bundle, directory);
        return new Build(directory, writeIso(seed, directory), seed, release, lock);
    }

    private static SortedMap<String, FileContent> copied(Path bundle) throws IOException {
        var files = new TreeMap<String, FileContent>();
        FileTree.list(bundle).forEach((path, file) -> files.put(path, new FileContent.Copied(file, FileMode.READABLE)));
        return files;
    }

    /// The units and the lock, for people: nothing reads them from here.
    private static void writeToRead(Release release, Path bundle, Path directory) throws IOException {
        var files = new TreeMap<TargetPath, FileContent>();
        files.put(
                new TargetPath("/" + Bundle.LOCK),
                new FileContent.Copied(bundle.resolve(Bundle.LOCK), FileMode.READABLE));
        release.files().forEach((path, content) -> {
            if (path.value().startsWith(UNITS) && content instanceof FileContent.Held) {
                files.put(new TargetPath("/units/" + path.value().substring(UNITS.length())), content);
            }
        });
        removeFormer(directory.resolve("units"));
        FileTree.write(files, directory);
    }

    private static void removeFormer(Path units) throws IOException {
        if (Files.isDirectory(units)) {
            for (var file : FileTree.list(units).values()) {
                Files.delete(file);
            }
        }
    }

    /// The medium holds whatever the Compose file does, so only its owner may read it.
    private static Path writeIso(Seed seed, Path directory) throws IOException {
        var iso = directory.resolve("seed.iso");
        IsoImage.write(seed.files(), Seed.LABEL, iso);
        return iso;
    }
}
