package dev.hostseed.core.image;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LoadReport.Outcome;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// Brings a bundle's images into an Engine: only what it lacks, nothing unless all of that is as locked, and not done
/// before the Engine shows each image as locked.
public final class BundleLoader {
    private static final Duration SILENCE = Duration.ofMinutes(10); // unpacking a large layer tells nothing meanwhile

    private final BundleFiles bundle;
    private final Engine engine;
    private final EngineImages images;
    private final Bringing bringing;
    private final Progress progress;
    private final Set<Digest> verified = ConcurrentHashMap.newKeySet();
    private final SortedMap<ImageReference, Outcome> outcomes = new ConcurrentSkipListMap<>();
    private final AtomicLong bytesSent = new AtomicLong();

    private BundleLoader(BundleFiles bundle, Engine engine, EngineImages images, Bringing bringing, Progress progress) {
        this.bundle = bundle;
        this.engine = engine;
        this.images = images;
        this.bringing = bringing;
        this.progress = progress;
    }

    /// Loads the bundle at `bundle`, a directory or an archive, as its own lock says.
    ///
    /// @throws BadBundleException if the bundle is not as locked; the Engine was sent nothing
    /// @throws EngineRefusedException if the Engine does not load an image, or shows another one afterwards; those
    /// before it are loaded
    public static LoadReport load(Path bundle, Engine engine, Progress progress) throws IOException {
        return load(bundle, Bundle.lock(bundle), List.of(), engine, progress);
    }

    /// Loads the bundle at `bundle` as `lock` says.
    ///
    /// @param earlier locks that this Engine was loaded by before: containerd's image store does not tell which
    /// layers it has, so there only the layers of images in these locks are left out
    public static LoadReport load(Path bundle, Lock lock, List<Lock> earlier, Engine engine, Progress progress)
            throws IOException {
        return load(bundle, lock, earlier, engine, Bringing.UNRECORDED, progress);
    }

    /// Loads as the others do.
    ///
    /// @param bringing is told, if anything has to be sent, before it is
    static LoadReport load(
            Path bundle, Lock lock, List<Lock> earlier, Engine engine, Bringing bringing, Progress progress)
            throws IOException {
        var locks = new ArrayList<>(earlier);
        locks.add(lock);
        var loader =
                new BundleLoader(BundleFiles.at(bundle), engine, EngineImages.of(engine, locks), bringing, progress);
        return loader.load(lock);
    }

    private LoadReport load(Lock lock) throws IOException {
        var missing = new ArrayList<LockedImage>();
        for (var image : lock.images()) {
            if (images.hasNamed(image)) {
                outcomes.put(image.reference(), Outcome.PRESENT);
            } else {
                missing.add(image);
            }
        }
        if (!missing.isEmpty()) {
            BundleVerifier.verifyDocuments(bundle, lock);
            verify(missing, bringing);
            bringAll(missing);
        }
        return new LoadReport(outcomes, bytesSent.get());
    }

    private void bringAll(List<LockedImage> missing) throws IOException {
        Branches.bring(missing, new Branches.Engineward() {
            @Override
            public Set<Digest> lacking(LockedImage image) throws IOException {
                return images.lacking(image);
            }

            @Override
            public void bring(LockedImage image) throws IOException {
                outcomes.put(image.reference(), Restarts.survive(engine, () -> bringOnce(image)));
            }
        });
    }

    private void verify(List<LockedImage> missing, Bringing told) throws IOException {
        var absent = new ArrayList<LockedImage>();
        var needed = new HashMap<Digest, LockedLayer>();
        for (var image : missing) {
            if (!images.has(image)) {
                absent.add(image);
                needed.putAll(lacking(image));
            }
        }
        var unread = new HashMap<>(needed);
        unread.keySet().removeAll(verified);
        BundleVerifier.verifyLayers(bundle, unread, LayerFile::verifyStored, progress);
        verified.addAll(unread.keySet());
        if (!absent.isEmpty()) {
            told.begins(absent, needed.keySet());
        }
    }

    private Map<Digest, LockedLayer> lacking(LockedImage image) throws IOException {
        var lacking = images.lacking(image);
        var layers = new HashMap<Digest, LockedLayer>();
        for (var layer : image.layers()) {
            if (lacking.contains(layer.plain().digest())) {
                layers.put(layer.plain().digest(), layer);
            }
        }
        return layers;
    }

    private Outcome bringOnce(LockedImage image) throws IOException {
        if (images.hasNamed(image)) {
            return Outcome.LOADED; // before the connection broke
        }
        if (images.has(image)) {
            images.tag(image);
            requireNamed(image);
            return Outcome.TAGGED;
        }
        verify(List.of(image), Bringing.UNRECORDED);
        send(image, images.lacking(image));
        return Outcome.LOADED;
    }

    private void send(LockedImage image, Set<Digest> lacking) throws IOException {
        var reply = new LoadReply(image, progress);
        var total = image.layers().stream()
                .filter(layer -> lacking.contains(layer.plain().digest()))
                .mapToLong(layer -> layer.plain().size())
                .sum();
        engine.withIdleTimeout(SILENCE)
                .upload(
                        "/images/load",
                        out -> LoadStream.write(bundle, image, lacking, counted(out, image, total)),
                        reply::take);
        try {
            reply.check();
            requireNamed(image);
        } catch (EngineRefusedException refused) {
            throw withoutRemains(image, refused);
        }
    }

    private EngineRefusedException withoutRemains(LockedImage image, EngineRefusedException refused) {
        try {
            images.removeBroken(image);
        } catch (IOException second) {
            refused.addSuppressed(second);
        }
        return refused;
    }

    private void requireNamed(LockedImage image) throws IOException {
        if (!images.hasNamed(image)) {
            throw new EngineRefusedException(
                    200, "the Engine said that it loaded " + image.reference() + ", but shows another image or none");
        }
    }

    private OutputStream counted(OutputStream out, LockedImage image, long total) {
        return new OutputStream() {
            private long done;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                done += length;
                bytesSent.addAndGet(length);
                progress.at("loading " + image.reference(), Math.min(done, total), total);
            }
        };
    }
}
