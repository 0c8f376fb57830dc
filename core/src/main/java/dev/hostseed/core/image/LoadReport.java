package dev.hostseed.core.image;

import dev.hostseed.core.host.ImageReference;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What loading a bundle came to: after it the Engine has every image of the lock, exactly.
///
/// @param bytesSent to the Engine, as plain layers and what surrounds them; 0 if everything was there
public record LoadReport(SortedMap<ImageReference, Outcome> outcomes, long bytesSent) {
    public LoadReport {
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    }

    /// How an image came to be there.
    public enum Outcome {
        /// It was there, under its name.
        PRESENT,
        /// It was there, and its name stood for another image, or for none.
        TAGGED,
        LOADED
    }
}
