package dev.hostseed.core.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One of the documents of a file.
record YamlDocument(Path file, Node root) {

    /// All documents of `files`; fewer after the reason went to `report`.
    static List<YamlDocument> ofAll(List<Path> files, Report report) {
        var documents = new ArrayList<YamlDocument>();
        for (var file : files) {
            documents.addAll(of(file, new Position(file, 1, 1), report));
        }
        return documents;
    }

    /// The documents of `file`; none after the reason went to `report`.
    ///
    /// @param named where the file was asked for; its own start if nobody did
    static List<YamlDocument> of(Path file, Position named, Report report) {
        return SourceText.read(file, named, report)
                .flatMap(text -> YamlTree.read(text, file, report))
                .map(roots ->
                        roots.stream().map(root -> new YamlDocument(file, root)).toList())
                .orElse(List.of());
    }

    boolean isEmpty() {
        return root instanceof Node.Scalar scalar && scalar.isNull();
    }
}
