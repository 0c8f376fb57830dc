package dev.hostseed.systemd.supervise;

/// What a container has on its host.
///
/// @param unit that supervises it
/// @param slice in which its cgroup lies
/// @param filesRoot the directory below which the project's own files lie
public record Place(String unit, String slice, Logging logging, String filesRoot) {}
