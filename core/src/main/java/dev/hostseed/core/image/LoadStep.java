package dev.hostseed.core.image;

import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.util.List;
import java.util.Set;

/// One request of a load: some layers of an image, and below them what the Engine has by then.
///
/// @param image all of which comes with its last step
/// @param brings what the request is for
/// @param depth how many of the image's layers, from the lowest, the Engine has afterwards
/// @param sent from the lowest
/// @param after the steps, by their number in the plan, that have to be done before
record LoadStep(LockedImage image, Brings brings, int depth, List<LockedLayer> sent, Set<Integer> after) {
    LoadStep {
        sent = List.copyOf(sent);
        after = Set.copyOf(after);
    }

    /// What there is afterwards.
    enum Brings {
        /// The lowest layer, alone.
        ROOT,
        /// Some of the lower layers.
        PART,
        /// The image itself, under its name.
        IMAGE
    }
}
