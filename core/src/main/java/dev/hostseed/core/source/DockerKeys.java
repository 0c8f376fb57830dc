package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.yaml.Node;

/// `x-host.docker`.
final class DockerKeys {
    static final Keys<MachineDraft> KEYS = Keys.<MachineDraft>of(scalar("version", DockerKeys::version))
            .andPlanned("write it to /etc/docker/daemon.json with 'x-host.files'", "live_restore", "registries");

    private DockerKeys() {}

    /// The lowest release of Docker that the host may have: what needs a later one is refused.
    private static void version(Node node, MachineDraft into, Scope scope) {
        into.engine = Fields.made(node, scope, "write one from 20.10 on, such as \"26.1\"", EngineApi::of);
    }
}
