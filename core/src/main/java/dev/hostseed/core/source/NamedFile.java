package dev.hostseed.core.source;

import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.SourceText;
import java.nio.file.Path;
import java.util.Optional;

/// A text file that a key names, and whose content becomes part of the host.
///
/// @param written its path, as the author wrote it
record NamedFile(Path path, String written) {

    static Optional<NamedFile> of(Node node, Scope scope) {
        return Fields.text(node, scope).flatMap(text -> of(node, text, scope));
    }

    /// @param written what of `node` is the path
    static Optional<NamedFile> of(Node node, String written, Scope scope) {
        return Fields.made(written, node.at(), scope, "write a path", scope.directory()::resolve)
                .map(path -> new NamedFile(path, written));
    }

    /// Its text; with a warning if it lies outside of the project.
    ///
    /// @param node where it is named
    Optional<String> text(Node node, Scope scope) {
        warnIfElsewhere(node, scope);
        return SourceText.read(path, node.at(), scope.report());
    }

    void warnIfElsewhere(Node node, Scope scope) {
        if (written.startsWith("/") || !scope.directory().holds(written)) {
            scope.report()
                    .warn(
                            node.at(),
                            "'" + written + "' is not of this project; its values travel with it",
                            "copy it here");
        }
    }
}
