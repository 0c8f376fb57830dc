package dev.hostseed.core.scan;

/// How grave it is that something lies in an image.
public enum Severity {
    /// Whoever has it can use it: the bundle is refused.
    HIGH,
    /// It may be of use to others, or not by itself: a warning.
    MEDIUM,
    /// Known to be nobody's: a sample, or the test data of a distribution.
    LOW
}
