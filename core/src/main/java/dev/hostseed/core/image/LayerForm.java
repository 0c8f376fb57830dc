package dev.hostseed.core.image;

/// How a bundle keeps its layers. Which image is in it, and what runs, is the same.
public enum LayerForm {
    /// Compressed with zstd: about a third of the size. What loads such a bundle without hostseed needs Engine 23 or
    /// later.
    ZSTD,
    /// As they are: larger, quicker to load where the disk is fast, and for every Engine.
    PLAIN
}
