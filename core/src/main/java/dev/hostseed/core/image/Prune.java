package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.image.LoadRecord.Brought;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/// Removes images from an Engine that were brought by hostseed, that no lock has, and that no container uses; and what
/// loads that failed have left of such images. All others are left alone, whoever they belong to.
public final class Prune {
    private final Engine engine;
    private final boolean dryRun;
    private final ImageRemoval removal;

    private Prune(Engine engine, boolean dryRun) {
        this.engine = engine;
        this.dryRun = dryRun;
        this.removal = new ImageRemoval(engine);
    }

    /// What became of an image.
    public sealed interface Fate {
        /// It is removed, or with `dryRun` would be.
        ///
        /// @param size in bytes, with the layers that others share
        record Removed(long size) implements Fate {}

        /// The Engine did not have it any more.
        record Gone() implements Fate {}

        /// It stays.
        record Kept(String why) implements Fate {}
    }

    /// What pruning came to.
    ///
    /// @param fates of images that no lock needs
    /// @param parts how many images are removed, or with `dryRun` would be, that only carry layers
    /// @param freed bytes of the Engine's layers
    public record Report(Map<Brought, Fate> fates, int parts, long freed) {
        public Report {
            fates = new LinkedHashMap<>(fates);
        }

        /// Whether `image` is no longer in the Engine.
        public boolean isGone(Brought image) {
            return fates.containsKey(image) && !(fates.get(image) instanceof Fate.Kept);
        }
    }

    /// Prunes the Engine of what is `brought` and not in `kept`.
    ///
    /// @param dryRun whether to leave everything as it is, and tell only
    public static Report run(Engine engine, Collection<Brought> brought, Collection<Lock> kept, boolean dryRun)
            throws IOException {
        return new Prune(engine.withTotalTimeout(), dryRun).run(brought, needed(kept));
    }

    private static List<LockedImage> needed(Collection<Lock> kept) {
        return kept.stream().flatMap(lock -> lock.images().stream()).toList();
    }

    private Report run(Collection<Brought> brought, List<LockedImage> needed) throws IOException {
        var names = brought.stream().collect(Collectors.groupingBy(Brought::config, LinkedHashMap::new, names()));
        var before = layersSize();
        var fates = new LinkedHashMap<Brought, Fate>();
        for (var image : brought) {
            if (needed.stream().noneMatch(image::is)) {
                fates.put(image, prune(image, names.getOrDefault(image.config(), Set.of())));
            }
        }
        var parts = pruneParts(needed);
        return new Report(fates, parts, dryRun ? 0 : Math.max(0, before - layersSize()));
    }

    /// Those of images that are needed stay: they are being loaded, or the next load goes on from them.
    private int pruneParts(List<LockedImage> needed) throws IOException {
        var images = new EngineImages(engine);
        var pruned = 0;
        for (var part : images.parts()) {
            if (!part.isBelowAny(needed) && !removal.inUse().contains(part.id()) && (dryRun || images.remove(part))) {
                pruned++;
            }
        }
        return pruned;
    }

    private static Collector<Brought, ?, Set<String>> names() {
        return Collectors.mapping(Brought::reference, Collectors.toSet());
    }

    /// @param own names that hostseed gave the image
    private Fate prune(Brought image, Set<String> own) throws IOException {
        var found = removal.find(image);
        if (found.isEmpty()) {
            return new Fate.Gone();
        }
        if (ImageRemoval.uses(removal.inUse(), image, found.get())) {
            return new Fate.Kept("a container uses it");
        }
        var others = new ArrayList<>(found.get().names());
        others.removeAll(own);
        if (!others.isEmpty()) {
            return new Fate.Kept("it is also " + String.join(", ", others));
        }
        return dryRun ? new Fate.Removed(found.get().size()) : remove(found.get());
    }

    private Fate remove(ImageRemoval.Present image) throws IOException {
        try {
            removal.remove(image);
            return new Fate.Removed(image.size());
        } catch (EngineRefusedException used) {
            if (used.status() != 409) {
                throw used;
            }
            return new Fate.Kept(String.valueOf(used.getMessage()));
        }
    }

    /// In bytes, each layer once; 0 where the Engine does not tell. Later versions of the API say it elsewhere.
    private long layersSize() throws IOException {
        if (!(engine.find("/system/df?type=image").orElse(Data.Null.NULL) instanceof Data.Mapping use)) {
            return 0;
        }
        if (use.entries().get("LayersSize") instanceof Data.Whole(var bytes)) {
            return bytes;
        }
        return use.entries().get("ImageUsage") instanceof Data.Mapping images
                        && images.entries().get("TotalSize") instanceof Data.Whole(var bytes)
                ? bytes
                : 0;
    }
}
