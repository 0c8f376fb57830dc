package dev.hostseed.core.image;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LoadReport.Outcome;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import dev.hostseed.core.work.Early;
import java.io.IOException;
import java.io.InputStream;
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

    /// Makes ready what a load needs that has something to load. For a program that has something else to do
    /// meanwhile, in a thread of its own; what goes wrong here goes wrong again at the load.
    public static void warmUp() {
        Sum.warmUp();
        try {
            Compression.undoZstd(InputStream.nullInputStream()).close();
        } catch (IOException | LinkageError again) {
            // whoever loads is told
        }
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
        engine.requireThere(); // an Engine that is not there at all is not waited for
        var missing = Restarts.survive(engine, progress, this::missing);
        if (!missing.isEmpty()) {
            var state = Early.ask(() -> state(missing));
            var files = BundleFiles.at(bundle);
            BundleVerifier.verifyDocuments(files, lock);
            Restarts.survive(engine, progress, () -> bring(missing, state.answer(), files));
        }
        return new LoadReport(outcomes, bytesSent);
    }

    /// What is not there under its own name; what is, counts as present.
    private List<LockedImage> missing() throws IOException {
        var missing = new ArrayList<LockedImage>();
        for (var image : lock.images()) {
            if (images.hasNamed(image)) {
                outcomes.put(image.reference(), Outcome.PRESENT);
            } else {
                missing.add(image);
            }
        }
        return missing;
    }

    /// What an Engine has that lacks something.
    ///
    /// @param absent what is not there under any name: one of each, for one image may have several names
    /// @param present what is there, where that says which layers are
    private record State(List<LockedImage> absent, EngineDisk disk, List<EngineImages.Present> present) {
        private static final State NAMES_ALONE = new State(List.of(), EngineDisk.UNKNOWN, List.of());

        boolean containerd() {
            return disk.containerd();
        }
    }

    private State state(List<LockedImage> missing) throws IOException {
        var absent = absent(missing);
        if (absent.isEmpty()) {
            return State.NAMES_ALONE;
        }
        var present = images.all();
        var disk = EngineDisk.of(engine, present);
        var tellsLayers = !disk.containerd() || images.tellsWhatIsAvailable();
        return new State(absent, disk, tellsLayers ? present : List.of());
    }

    private Outcome bring(List<LockedImage> missing, State state, BundleFiles files) throws IOException {
        var shown = state.absent().isEmpty() ? Set.<String>of() : send(missing, state, files);
        for (var image : missing) {
            var there = shown.contains(image.reference().tagged());
            outcomes.put(image.reference(), there ? Outcome.LOADED : named(image, files));
        }
        return Outcome.LOADED;
    }

    /// @return the names under which the Engine showed an image after its load, and shows it still
    private Set<String> send(List<LockedImage> missing, State state, BundleFiles files) throws IOException {
        var plan = plan(state);
        verify(plan, files, state);
        var requests = new LoadRequests(files, engine, images, plan, state.containerd(), progress);
        try {
            LoadSteps.bring(plan, !state.containerd(), requests);
        } finally {
            bytesSent += requests.bytesSent();
        }
        if (state.containerd()) {
            return Set.of(); // it may have lost one that it showed
        }
        if (mayHaveParts(plan, state)) {
            images.removeParts(missing);
        }
        return requests.shown();
    }

    /// Also those of a load that was cut short.
    private static boolean mayHaveParts(List<LoadStep> plan, State state) {
        return plan.stream().anyMatch(step -> step.brings() != LoadStep.Brings.IMAGE)
                || state.present().stream().anyMatch(EngineImages.Present::isPart);
    }

    private List<LoadStep> plan(State state) throws IOException {
        return state.containerd()
                ? LoadPlan.ofBlobs(state.absent(), blobs(state))
                : LoadPlan.ofChains(state.absent(), depths(state), STEP);
    }

    private List<LockedImage> absent(List<LockedImage> missing) throws IOException {
        var seen = new HashSet<Digest>();
        var absent = new ArrayList<LockedImage>();
        for (var image : missing) {
            if (seen.add(image.config().digest()) && !images.has(image)) {
                absent.add(image);
            }
        }
        return absent;
    }

    /// By the digests of their configs.
    private static Map<Digest, Integer> depths(State state) {
        var depths = new HashMap<Digest, Integer>();
        for (var image : state.absent()) {
            var depth =
                    state.present().stream().mapToInt(one -> one.depthOf(image)).max();
            depths.put(image.config().digest(), depth.orElse(0));
        }
        return depths;
    }

    /// The blobs that a containerd store has: for sure those that came with an image that is there, and, where it tells
    /// afterwards whether that was so, those of layers that some image has. Others may have compressed these.
    private Set<Digest> blobs(State state) throws IOException {
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
        var known = new HashSet<String>();
        state.present().forEach(one -> known.addAll(one.layers()));
        state.absent().stream()
                .flatMap(image -> image.layers().stream())
                .filter(layer -> known.contains(layer.plain().digest().value()))
                .forEach(layer -> blobs.add(layer.stored().digest()));
        return blobs;
    }

    private void verify(List<LoadStep> plan, BundleFiles files, State state) throws IOException {
        var needed = new HashMap<Digest, LockedLayer>();
        plan.forEach(
                step -> step.sent().forEach(layer -> needed.put(layer.plain().digest(), layer)));
        var unread = new HashMap<>(needed);
        unread.keySet().removeAll(verified);
        BundleVerifier.verifyLayers(files, unread, LayerFile::verifyStored, progress);
        verified.addAll(unread.keySet());
        tell(state, needed.keySet());
    }

    /// Another attempt brings the same, unless an image was lost meanwhile.
    private void tell(State state, Set<Digest> layers) throws IOException {
        var untold = state.absent().stream()
                .filter(image -> !told.contains(image.config().digest()))
                .toList();
        if (!untold.isEmpty()) {
            state.disk().require(untold, layers);
            bringing.begins(untold);
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
            return bring(List.of(image), state(List.of(image)), files);
        }
        images.requireNamed(image);
        return Outcome.TAGGED;
    }
}
