package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.yaml.Node;
import java.util.Optional;

/// How a value of the Engine is written in a Compose file.
@FunctionalInterface
interface EngineValue {
    /// What the Engine is sent; nothing after the reason went to the report.
    Optional<? extends Data> read(Node node, Scope scope);
}
