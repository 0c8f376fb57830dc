package dev.hostseed.core.registry;

import java.util.HashMap;
import java.util.Map;

/// All registries that one run speaks to. Connections and tokens are kept between requests; nothing is to be closed.
/// For several threads.
public final class Registries {
    private final Requests requests;
    private final Map<String, Registry> byHost = new HashMap<>();

    private Registries(Requests requests) {
        this.requests = requests;
    }

    /// Speaks to nobody yet.
    public static Registries of(Settings settings) {
        return new Registries(new Requests(settings));
    }

    public synchronized Repository repository(RepositoryName name) {
        return new Repository(name, byHost.computeIfAbsent(name.host(), host -> new Registry(host, requests)));
    }
}
