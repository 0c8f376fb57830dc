package dev.hostseed.core.source;

import dev.hostseed.core.canonical.Model;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.Yaml;
import java.nio.charset.StandardCharsets;

/// What Compose files say together: variables filled in, short forms written out, paths absolute.
///
/// @param data as docker-compose's `config` tells it, with each `$` once
public record CanonicalModel(Data.Mapping data) {

    /// As a Compose file that says the same: each `$` of a value twice, and without what says nothing.
    public String yaml() {
        return Yaml.readable(Model.terse(Model.escaped(data)));
    }

    /// As JSON, which is a Compose file too.
    public String json() {
        return new String(Json.pretty(Model.escaped(data)), StandardCharsets.UTF_8);
    }
}
