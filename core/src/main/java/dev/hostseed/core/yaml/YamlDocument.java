package dev.hostseed.core.yaml;

import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One of the documents of a file.
public record YamlDocument(Path file, Node root) {

    /// All documents of `files`; fewer after the reason went to `report`.
    public static List<YamlDocument> ofAll(List<Path> files, Report report) {
        var documents = new ArrayList<YamlDocument>();
        for (var file : files) {
            documents.addAll(of(file, new Position(file, 1, 1), report));
        }
        return documents;
    }

    /// The documents of `file`; none after the reason went to `report`.
    ///
    /// @param named where the file was asked for; its own start if nobody did
    public static List<YamlDocument> of(Path file, Position named, Report report) {
        return SourceText.read(file, named, report)
                .flatMap(text -> YamlTree.read(text, file, report))
                .map(roots ->
                        roots.stream().map(root -> new YamlDocument(file, root)).toList())
                .orElse(List.of());
    }

    public boolean isEmpty() {
        return root instanceof Node.Scalar scalar && scalar.isNull();
    }
}
