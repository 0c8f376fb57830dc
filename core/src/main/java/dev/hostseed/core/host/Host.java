package dev.hostseed.core.host;

/// One host, whole: what a Compose file with its `x-host` says.
public record Host(HostName name, Project project, Machine machine) {}
