package dev.hostseed.core.source;

import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.util.TreeMap;

/// A config or a secret while it is read.
final class GrantedFileDraft {
    final Kind kind;

    /// Where its name stands.
    final Position at;

    /// What stands under `file`, `environment` and `content`.
    final TreeMap<String, Node> sources = new TreeMap<>();

    /// Whether it was said why there is none.
    boolean refused;

    GrantedFileDraft(Kind kind, Position at) {
        this.kind = kind;
        this.at = at;
    }
}
