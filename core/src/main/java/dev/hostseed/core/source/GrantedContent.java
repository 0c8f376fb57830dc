package dev.hostseed.core.source;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The content of a config or a secret, from where its file, its variable or its text is.
final class GrantedContent {
    private final Kind kind;
    private final Node source;
    private final Scope scope;

    private GrantedContent(Kind kind, Node source, Scope scope) {
        this.kind = kind;
        this.source = source;
        this.scope = scope;
    }

    /// Nothing after the reason went to the report.
    static Optional<Bytes> of(GrantedFileDraft draft, Scope scope) {
        if (draft.refused) {
            return Optional.empty();
        }
        var source = draft.sources.firstEntry();
        var content = new GrantedContent(draft.kind, source.getValue(), scope);
        return switch (source.getKey()) {
            case "content" -> Fields.text(source.getValue(), scope).map(Bytes::of);
            case "environment" -> content.ofVariable();
            default -> content.ofFile();
        };
    }

    private Optional<Bytes> ofVariable() {
        return Fields.text(source, scope).flatMap(name -> {
            var value = scope.variables().get(name);
            if (value == null) {
                scope.report().error(source.at(), "the variable '" + name + "' is not set", "set it");
            }
            return Optional.ofNullable(value).map(Bytes::of);
        });
    }

    private Optional<Bytes> ofFile() {
        return Fields.made(source, scope, "name one file", written -> {
            try {
                return read(resolved(written), written);
            } catch (IOException unreadable) {
                throw new IllegalArgumentException("'" + written + "' cannot be read", unreadable);
            }
        });
    }

    private Path resolved(String written) {
        var home = scope.variables().getOrDefault("HOME", "");
        return scope.directory()
                .resolve(written.startsWith("~/") && !home.isEmpty() ? home + written.substring(1) : written);
    }

    private Bytes read(Path file, String written) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no file '" + written + "'");
        }
        if (!Files.isRegularFile(file) || Files.size(file) > SourceText.MAXIMUM_BYTES) {
            throw new IllegalArgumentException("'" + written + "' is not a file of at most 1 MiB");
        }
        if (!scope.directory().holds(file.toAbsolutePath().toString())) {
            scope.report()
                    .warn(source.at(), "'" + written + "' is not of this project; it travels with it", "copy it here");
        }
        if (kind == Kind.SECRET) {
            new SecretFile(file, written).check(source.at(), scope);
        }
        return Bytes.of(Files.readAllBytes(file));
    }
}
