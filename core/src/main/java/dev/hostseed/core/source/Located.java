package dev.hostseed.core.source;

/// A value and where it was written.
record Located<T>(Position at, T value) {}
