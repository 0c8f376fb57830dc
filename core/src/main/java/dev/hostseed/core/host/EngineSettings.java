package dev.hostseed.core.host;

import dev.hostseed.core.data.Data;
import java.util.Optional;

/// What the Engine alone gives a meaning to: handed on to it as it is.
///
/// @param name of the container; empty for the one that it has by its project and service
/// @param container members of the create body
/// @param host members of its `HostConfig`
///
/// Rule: Engine API 1.41, `POST /containers/create`.
public record EngineSettings(Optional<EngineName> name, Data.Mapping container, Data.Mapping host) {

    /// Of a service that says nothing.
    public static EngineSettings none() {
        return new EngineSettings(Optional.empty(), Data.mapping(), Data.mapping());
    }
}
