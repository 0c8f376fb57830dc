package dev.hostseed.core.problem;

/// A value and where it was written.
public record Located<T>(Position at, T value) {}
