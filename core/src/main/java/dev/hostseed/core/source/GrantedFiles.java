package dev.hostseed.core.source;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.GrantedFile;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.problem.Code;
import java.util.ArrayList;
import java.util.List;
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
        var built = kind == Kind.SECRET ? ofBuilds() : Set.of();
        var files = new ArrayList<GrantedFile>();
        project.granted(kind).forEach((name, draft) -> {
            if (used.contains(name)) {
                GrantedContent.of(draft, scope).ifPresent(content -> files.add(taken(name, draft, content)));
            } else if (!draft.refused && project.disabled.isEmpty() && !built.contains(name.value())) {
                scope.report()
                        .info(
                                draft.at,
                                "no service is granted the " + kind + " '" + name + "', so it does not travel",
                                "name it under '" + kind.section() + "' of a service, or remove it");
            }
        });
        return files;
    }

    /// The secrets that steps of builds are given: these need not travel.
    private Set<String> ofBuilds() {
        return project.services.values().stream()
                .flatMap(service -> service.build.stream())
                .flatMap(build -> build.secrets.stream())
                .map(grant -> grant.source().value())
                .collect(Collectors.toSet());
    }

    private GrantedFile taken(ResourceName name, GrantedFileDraft draft, Bytes content) {
        total += content.size();
        if (total > ProjectDirectory.MAXIMUM_BYTES) {
            scope.report().error(draft.at, "more than 16 MiB of secrets and configs", "put them into a volume");
        }
        if (draft.kind == Kind.SECRET) {
            scope.report()
                    .as(Code.C11)
                    .warn(
                            draft.at,
                            "the seed carries the secret '" + name + "'",
                            "whoever has the seed has it",
                            "detach the seed after the first boot; or let it carry a stand-in, and give the host the"
                                    + " secret itself as the credential '" + scope.project() + "." + name + "'");
        }
        return new GrantedFile(draft.kind, name, content);
    }
}
