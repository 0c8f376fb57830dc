package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineLostException;
import dev.hostseed.core.scan.ImageFiles;
import dev.hostseed.core.scan.MalformedLayerException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Holds the images in an Engine's store against those of a bundle: the path, kind and size of each file, as a
/// container sees them. That is what a power cut changes without a word: an image is listed, and files of it are empty.
/// What is in the files is not compared.
///
/// The container is made and read, and never started. While two such runs go on at one Engine, each may remove the
/// containers of the other.
public final class StoreVerifier {
    private static final String LABEL = "dev.hostseed.verify";

    /// What an Engine itself puts into a container.
    private static final Set<String> OWN_FILES =
            Set.of(".dockerenv", "etc/hosts", "etc/hostname", "etc/resolv.conf", "etc/mtab");

    private static final List<String> OWN_DIRECTORIES = List.of("dev/", "proc/", "sys/");

    private final BundleFiles bundle;
    private final Engine engine;
    private final Progress progress;

    private StoreVerifier(BundleFiles bundle, Engine engine, Progress progress) {
        this.bundle = bundle;
        this.engine = engine;
        this.progress = progress;
    }

    /// What the Engine has of each image of `lock`, in its order. No container is left, neither by this run nor by one
    /// that was killed.
    ///
    /// @param bundle that [Bundle#verify] found good
    /// @throws dev.hostseed.core.engine.EngineRefusedException if the Engine makes no container of an image
    public static List<StoredImage> verify(Path bundle, Lock lock, Engine engine, Progress progress)
            throws IOException {
        var verifier = new StoreVerifier(BundleFiles.at(bundle), engine, progress);
        verifier.removeLeft();
        var images = new EngineImages(engine);
        var stored = new ArrayList<StoredImage>();
        for (var image : lock.images()) {
            var id = images.find(image);
            stored.add(id.isEmpty() ? StoredImage.absent(image.reference()) : verifier.verify(image, id));
        }
        return List.copyOf(stored);
    }

    private StoredImage verify(LockedImage image, String id) throws IOException {
        var files = files(image);
        var found = new StoredImage.Found(image);
        try (var container = new Container(engine, create(id))) {
            var compared = compare(image, container.id(), files, found);
            return found.image(compared);
        }
    }

    /// Is removed in any case, with the volumes that it was made with.
    private record Container(Engine engine, String id) implements Closeable {
        @Override
        public void close() throws IOException {
            engine.delete("/containers/" + id + "?force=1&v=1");
        }
    }

    private ImageFiles files(LockedImage image) throws IOException {
        var files = new ImageFiles(StoreVerifier::isOfTheEngine);
        var total = image.size();
        var done = 0L;
        for (var layer : image.layers()) {
            progress.at("reading the layers of " + image.reference(), done, total);
            var blob = bundle.get(Manifests.blob(layer.stored()));
            try (var plain = LayerFile.plain(blob.open(), layer)) {
                files.add(plain);
            } catch (MalformedLayerException malformed) {
                throw new BadBundleException(
                        blob + ": a layer of " + image.reference() + ": " + malformed.getMessage());
            }
            done += layer.plain().size();
        }
        return files;
    }

    private int compare(LockedImage image, String container, ImageFiles files, StoredImage.Found found)
            throws IOException {
        var what = "comparing " + image.reference();
        // not /export: Docker 26.1 keeps the layers of a container that was exported, whatever is removed
        try (var archive = engine.download("/containers/" + container + "/archive?path=/");
                var watched = new WatchedInputStream(archive, what, image.size(), progress)) {
            return files.compare(watched, found::add);
        } catch (MalformedLayerException malformed) {
            throw new EngineLostException(
                    "the Docker Engine broke off while it showed the files of " + image.reference() + ": "
                            + malformed.getMessage() + "; look at journalctl -u docker",
                    malformed);
        }
    }

    private static boolean isOfTheEngine(String path) {
        return OWN_FILES.contains(path) || OWN_DIRECTORIES.stream().anyMatch((path + "/")::startsWith);
    }

    private String create(String image) throws IOException {
        var container = Data.mapping()
                .with("Image", image)
                .with("Cmd", Data.texts(List.of("none")))
                .with("Labels", Data.mapping().with(LABEL, ""))
                .with("HostConfig", Data.mapping().with("NetworkMode", "none"));
        if (engine.post("/containers/create", container) instanceof Data.Mapping created) {
            return new Fields("container", created).text("Id");
        }
        throw new IOException("the Docker Engine answers /containers/create with something else than an object");
    }

    private void removeLeft() throws IOException {
        for (var container : EngineImages.labelled(engine, "/containers/json?all=1&", LABEL)) {
            new Container(engine, container.text("Id")).close();
        }
    }
}
