package dev.hostseed.core.image;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LoadReport.Outcome;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Brings a bundle's images into an Engine: only what it lacks, nothing unless all of that is as locked, and not done
/// before the Engine shows each image as locked.
public final class BundleLoader {
    /// In bytes of plain layers. Below it a request of its own costs more than what is gained by unpacking one while
    /// the next is on its way.
    private static final long STEP = 32 << 20;

    private final Path bundle;
    private final Lock lock;
    private final List<Lock> earlier;
    private final Engine engine;
    private final EngineImages images;
    private final Progress progress;
    private final Bringing bringing;
    private final Set<Digest> verified = new HashSet<>();
    private final Set<Digest> told = new HashSet<>(); // configs of the images that `bringing` knows of
    private final SortedMap<ImageReference, Outcome> outcomes = new TreeMap<>();
    private long bytesSent;

    private BundleLoader(
            Path bundle, Lock lock, List<Lock> earlier, Engine engine, Bringing bringing, Progress progress) {
        this.bundle = bundle;
        this.lock = lock;
        this.earlier = List.copyOf(earlier);
        this.engine = engine;
        this.images = new EngineImages(engine);
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
    /// layers it has, and only versions from 28.0 on whether what it was given is enough
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
        return new BundleLoader(bundle, lock, earlier, engine, bringing, progress).load();
    }

    private LoadReport load() throws IOException {
        var missing = new ArrayList<LockedImage>();
        for (var image : lock.images()) {
            if (images.hasNamed(image)) {
                outcomes.put(image.reference(), Outcome.PRESENT);
            } else {
                missing.add(image);
            }
        }
        if (!missing.isEmpty()) {
            askMeanwhile();
            var files = BundleFiles.at(bundle);
            BundleVerifier.verifyDocuments(files, lock);
            Restarts.survive(engine, () -> bring(missing, files));
        }
        return new LoadReport(outcomes, bytesSent);
    }

    /// What the Engine is asked next takes it a while.
    private void askMeanwhile() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                engine.info();
            } catch (IOException again) {
                // is met when the answer is needed
            }
        });
    }

    private Outcome bring(List<LockedImage> missing, BundleFiles files) throws IOException {
        var absent = absent(missing);
        var containerd = images.isContainerd();
        if (!absent.isEmpty()) {
            send(absent, files, containerd);
        }
        if (!containerd) {
            images.removeParts(missing); // also those of an attempt that was cut short
        }
        for (var image : missing) {
            outcomes.put(image.reference(), named(image, files));
        }
        return Outcome.LOADED;
    }

    private void send(List<LockedImage> absent, BundleFiles files, boolean containerd) throws IOException {
        var plan = containerd
                ? LoadPlan.ofBlobs(absent, present(absent))
                : LoadPlan.ofChains(absent, depths(absent), STEP);
        verify(plan, files, absent);
        var requests = new LoadRequests(files, engine, images, plan, containerd, progress);
        try {
            LoadSteps.bring(plan, !containerd, requests);
        } finally {
            bytesSent += requests.bytesSent();
        }
    }

    /// What the Engine lacks under whatever name: one of each, for one image may have several names.
    private List<LockedImage> absent(List<LockedImage> missing) throws IOException {
        var absent = new HashMap<Digest, LockedImage>();
        var inOrder = new ArrayList<LockedImage>();
        for (var image : missing) {
            if (!absent.containsKey(image.config().digest()) && !images.has(image)) {
                absent.put(image.config().digest(), image);
                inOrder.add(image);
            }
        }
        return inOrder;
    }

    /// By the digests of their configs.
    private Map<Digest, Integer> depths(List<LockedImage> absent) throws IOException {
        var depths = new HashMap<Digest, Integer>();
        for (var image : absent) {
            depths.put(image.config().digest(), images.depth(image));
        }
        return depths;
    }

    /// The blobs that a containerd store has: for sure those that came with an image that is there, and, where it tells
    /// afterwards whether that was so, those of layers that some image has. Others may have compressed these.
    private Set<Digest> present(List<LockedImage> absent) throws IOException {
        var locks = new ArrayList<>(earlier);
        locks.add(lock);
        var blobs = new HashSet<Digest>();
        for (var one : locks) {
            for (var image : one.images()) {
                if (images.has(image)) {
                    image.layers().forEach(layer -> blobs.add(layer.stored().digest()));
                }
            }
        }
        if (images.tellsWhatIsAvailable()) {
            var known = images.diffIds();
            absent.stream()
                    .flatMap(image -> image.layers().stream())
                    .filter(layer -> known.contains(layer.plain().digest().value()))
                    .forEach(layer -> blobs.add(layer.stored().digest()));
        }
        return blobs;
    }

    private void verify(List<LoadStep> plan, BundleFiles files, List<LockedImage> absent) throws IOException {
        var needed = new HashMap<Digest, LockedLayer>();
        plan.forEach(
                step -> step.sent().forEach(layer -> needed.put(layer.plain().digest(), layer)));
        var unread = new HashMap<>(needed);
        unread.keySet().removeAll(verified);
        BundleVerifier.verifyLayers(files, unread, LayerFile::verifyStored, progress);
        verified.addAll(unread.keySet());
        tell(absent, needed.keySet());
    }

    /// Another attempt brings the same, unless an image was lost meanwhile.
    private void tell(List<LockedImage> absent, Set<Digest> layers) throws IOException {
        var untold = absent.stream()
                .filter(image -> !told.contains(image.config().digest()))
                .toList();
        if (!untold.isEmpty()) {
            bringing.begins(untold, layers);
            untold.forEach(image -> told.add(image.config().digest()));
        }
    }

    /// An image that was there may not be any more: containerd's store of Docker before 28 drops one as soon as another
    /// has taken over its last name.
    private Outcome named(LockedImage image, BundleFiles files) throws IOException {
        if (images.hasNamed(image)) {
            return Outcome.LOADED;
        }
        if (!images.tag(image)) {
            return bring(List.of(image), files);
        }
        images.requireNamed(image);
        return Outcome.TAGGED;
    }
}
