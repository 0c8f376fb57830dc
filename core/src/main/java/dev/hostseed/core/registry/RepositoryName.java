package dev.hostseed.core.registry;

/// Where an image is kept.
///
/// @param domain the registry as references name it
/// @param host the one that serves the registry's API, with its port if one is written
/// @param path of the repository in the registry: `library/redis`
public record RepositoryName(String domain, String host, String path) {
    @Override
    public String toString() {
        return domain + "/" + path;
    }
}
