package dev.hostseed.core.source;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.GrantedFile;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Takes the content of the configs and the secrets that services are granted. The others do not travel.
final class GrantedFiles {
    private final ProjectDraft project;
    private final Scope scope;
    private long total;

    private GrantedFiles(ProjectDraft project, Scope scope) {
        this.project = project;
        this.scope = scope;
    }

    static List<GrantedFile> collect(ProjectDraft project, Scope scope) {
        var files = new GrantedFiles(project, scope);
        var all = new ArrayList<>(files.of(Kind.CONFIG));
        all.addAll(files.of(Kind.SECRET));
        return all;
    }

    private List<GrantedFile> of(Kind kind) {
        var used = project.services.values().stream()
                .flatMap(service -> service.mounts.stream())
                .filter(mount -> mount.value() instanceof Mount.Granted granted && granted.kind() == kind)
                .map(mount -> ((Mount.Granted) mount.value()).source())
                .collect(Collectors.toSet());
        var files = new ArrayList<GrantedFile>();
        project.granted(kind).forEach((name, draft) -> {
            if (used.contains(name)) {
                content(draft).ifPresent(content -> files.add(taken(name, draft, content)));
            } else if (!draft.refused && project.disabled.isEmpty()) {
                scope.report()
                        .info(
                                draft.at,
                                "no service is granted the " + kind + " '" + name + "', so it does not travel",
                                "name it under '" + kind.section() + "' of a service, or remove it");
            }
        });
        return files;
    }

    private GrantedFile taken(ResourceName name, GrantedFileDraft draft, Bytes content) {
        total += content.size();
        if (total > ProjectDirectory.MAXIMUM_BYTES) {
            scope.report().error(draft.at, "more than 16 MiB of secrets and configs", "put them into a volume");
        }
        if (draft.kind == Kind.SECRET) {
            scope.report()
                    .warn(
                            draft.at,
                            "the seed carries the secret '" + name + "'",
                            "whoever has the seed has it",
                            "detach the seed after the first boot; or let it carry a stand-in, and give the host the"
                                    + " secret itself as the credential '" + scope.project() + "." + name + "'");
        }
        return new GrantedFile(draft.kind, name, content);
    }

    private Optional<Bytes> content(GrantedFileDraft draft) {
        if (draft.refused) {
            return Optional.empty();
        }
        var source = draft.sources.firstEntry();
        var node = source.getValue();
        return switch (source.getKey()) {
            case "content" -> Fields.text(node, scope).map(Bytes::of);
            case "environment" -> variable(node);
            default -> file(node, draft.kind);
        };
    }

    private Optional<Bytes> variable(Node node) {
        return Fields.text(node, scope).flatMap(name -> {
            var value = scope.variables().get(name);
            if (value == null) {
                scope.report().error(node.at(), "the variable '" + name + "' is not set", "set it");
            }
            return Optional.ofNullable(value).map(Bytes::of);
        });
    }

    private Optional<Bytes> file(Node node, Kind kind) {
        return Fields.made(node, scope, "name one file", written -> {
            var file = resolved(written);
            try {
                return read(file, written, kind, node);
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

    private Bytes read(Path file, String written, Kind kind, Node node) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no file '" + written + "'");
        }
        if (!Files.isRegularFile(file) || Files.size(file) > SourceText.MAXIMUM_BYTES) {
            throw new IllegalArgumentException("'" + written + "' is not a file of at most 1 MiB");
        }
        if (!scope.directory().holds(file.toAbsolutePath().toString())) {
            scope.report()
                    .warn(node.at(), "'" + written + "' is not of this project; it travels with it", "copy it here");
        }
        if (kind == Kind.SECRET && isMounted(file)) {
            scope.report()
                    .warn(
                            node.at(),
                            "'" + written + "' is a secret, and among the files that 'volumes' mount",
                            "those are readable as they are here",
                            "keep it elsewhere");
        }
        if (kind == Kind.SECRET && isOpen(file)) {
            scope.report().warn(node.at(), "others on this machine may read '" + written + "'", "chmod 600 " + written);
        }
        return Bytes.of(Files.readAllBytes(file));
    }

    private boolean isMounted(Path file) {
        var path = scope.directory().normal(file.toAbsolutePath().toString());
        return scope.directory().files().stream()
                .anyMatch(mounted -> mounted.path().equals(path));
    }

    private static boolean isOpen(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).stream()
                        .anyMatch(Set.of(
                                PosixFilePermission.GROUP_READ,
                                PosixFilePermission.GROUP_WRITE,
                                PosixFilePermission.OTHERS_READ,
                                PosixFilePermission.OTHERS_WRITE)::contains);
    }
}
