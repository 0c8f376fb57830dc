package dev.hostseed.core.scan;

/// What became of a secret in the layers above its own.
public sealed interface Fate {
    /// A container sees it.
    record Present() implements Fate {}

    /// No container sees it, but whoever has the layer does.
    ///
    /// @param layer that deleted it, from 1
    record Deleted(int layer) implements Fate {}

    /// As [Deleted], with something else in its place.
    ///
    /// @param layer that has what is there now, from 1
    record Overwritten(int layer) implements Fate {}
}
