package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Images on their way into an Engine, two at a time: never two that want the same layer, for the Engine would unpack
/// it twice. So the first image of a family brings the base, then the others bring what is theirs.
final class Branches {
    private final Engineward engineward;
    private final List<LockedImage> waiting;
    private final Map<LockedImage, Set<Digest>> underway = new HashMap<>();
    private boolean failed;

    interface Engineward {
        /// The layers that the Engine lacks for `image` at this moment.
        Set<Digest> lacking(LockedImage image) throws IOException;

        void bring(LockedImage image) throws IOException;
    }

    private Branches(List<LockedImage> images, Engineward engineward) {
        this.waiting = new ArrayList<>(images);
        this.engineward = engineward;
    }

    /// Brings all of `images`. After a failure none is begun any more, and what was begun is brought to its end.
    static void bring(List<LockedImage> images, Engineward engineward) throws IOException {
        if (images.size() == 1) {
            engineward.bring(images.getFirst());
            return;
        }
        var branches = new Branches(images, engineward);
        Pair.run(List.of(branches::work, branches::work));
    }

    private void work() throws IOException {
        for (var image = next(); image.isPresent(); image = next()) {
            var done = false;
            try {
                engineward.bring(image.get());
                done = true;
            } finally {
                end(image.get(), done);
            }
        }
    }

    private synchronized Optional<LockedImage> next() throws IOException {
        while (!failed && !waiting.isEmpty()) {
            for (var image : waiting) {
                var wants = new HashSet<>(engineward.lacking(image));
                wants.add(image.config().digest()); // one image under two names
                if (underway.values().stream().noneMatch(taken -> taken.stream().anyMatch(wants::contains))) {
                    waiting.remove(image);
                    underway.put(image, wants);
                    return Optional.of(image);
                }
            }
            awaitEnd();
        }
        return Optional.empty();
    }

    private synchronized void end(LockedImage image, boolean done) {
        failed |= !done;
        underway.remove(image);
        notifyAll();
    }

    private void awaitEnd() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
