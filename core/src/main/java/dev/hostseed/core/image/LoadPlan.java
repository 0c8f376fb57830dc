package dev.hostseed.core.image;

import static dev.hostseed.core.image.LoadStep.Brings.IMAGE;
import static dev.hostseed.core.image.LoadStep.Brings.PART;
import static dev.hostseed.core.image.LoadStep.Brings.ROOT;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The steps in which images come into an Engine, so that no layer is sent twice. Pure: the same images give the same
/// steps in the same order, each after those that it needs.
final class LoadPlan {
    private final long stepBytes;
    private final List<LoadStep> steps = new ArrayList<>();
    private final Map<List<Digest>, Integer> byChain = new HashMap<>();

    private LoadPlan(long stepBytes) {
        this.stepBytes = stepBytes;
    }

    /// For the classic store, which keeps a layer by all that is below it: the layers of an image come one upon the
    /// other, and a family of images is a tree. While the Engine unpacks one step, the next is on its way.
    ///
    /// @param images that the Engine lacks, each id once
    /// @param known how many layers of each, by the digest of its config, the Engine has, from the lowest
    /// @param stepBytes of plain layers at which a step ends before its image does
    static List<LoadStep> ofChains(List<LockedImage> images, Map<Digest, Integer> known, long stepBytes) {
        var plan = new LoadPlan(stepBytes);
        var forks = forks(images);
        for (var image : images) {
            plan.addChain(image, known.getOrDefault(image.config().digest(), 0), forks);
        }
        return List.copyOf(plan.steps);
    }

    /// For containerd's store, which keeps each blob once and unpacks images one by one: a layer comes with the first
    /// image that has it.
    ///
    /// @param images that the Engine lacks, each id once
    /// @param present blobs that the Engine has, as they are stored in the bundle
    static List<LoadStep> ofBlobs(List<LockedImage> images, Set<Digest> present) {
        var steps = new ArrayList<LoadStep>();
        var bearers = new HashMap<Digest, Integer>();
        for (var image : images) {
            var sent = new ArrayList<LockedLayer>();
            var after = new HashSet<Integer>();
            for (var layer : image.layers()) {
                var digest = layer.stored().digest();
                if (!present.contains(digest)) {
                    var bearer = bearers.putIfAbsent(digest, steps.size());
                    if (bearer == null) {
                        sent.add(layer);
                    } else if (bearer < steps.size()) {
                        after.add(bearer);
                    }
                }
            }
            steps.add(new LoadStep(image, IMAGE, image.layers().size(), sent, after));
        }
        return List.copyOf(steps);
    }

    private void addChain(LockedImage image, int known, Set<List<Digest>> forks) {
        var chain = chain(image);
        var sent = new ArrayList<LockedLayer>();
        var after = Set.<Integer>of();
        var bytes = 0L;
        for (var depth = known + 1; depth <= chain.size(); depth++) {
            var below = chain.subList(0, depth);
            sent.add(image.layers().get(depth - 1));
            bytes += sent.getLast().plain().size();
            var there = byChain.get(below);
            if (there == null && isStep(depth, chain.size(), bytes, forks.contains(below))) {
                there = add(below, new LoadStep(image, depth == 1 ? ROOT : PART, depth, sent, after));
            }
            if (there != null) {
                after = Set.of(there);
                sent.clear();
                bytes = 0;
            }
        }
        add(chain, new LoadStep(image, IMAGE, chain.size(), sent, after));
    }

    /// A lowest layer that is worth it comes alone even where there is no other: it is unpacked while it is on its way.
    private boolean isStep(int depth, int depths, long bytes, boolean isFork) {
        return bytes >= stepBytes && (depth == 1 || depth < depths) || isFork && depth < depths;
    }

    private int add(List<Digest> chain, LoadStep step) {
        byChain.putIfAbsent(chain, steps.size());
        steps.add(step);
        return steps.size() - 1;
    }

    /// Where two chains part, or one ends within the other.
    private static Set<List<Digest>> forks(List<LockedImage> images) {
        var forks = new HashSet<List<Digest>>();
        for (var one : images) {
            for (var other : images) {
                if (one != other) {
                    forks.add(chain(one).subList(0, common(chain(one), chain(other))));
                }
            }
        }
        return forks;
    }

    /// How many elements two lists have in common, from the first on.
    static int common(List<?> one, List<?> other) {
        var common = 0;
        while (common < Math.min(one.size(), other.size()) && one.get(common).equals(other.get(common))) {
            common++;
        }
        return common;
    }

    private static List<Digest> chain(LockedImage image) {
        return image.layers().stream().map(layer -> layer.plain().digest()).toList();
    }
}
