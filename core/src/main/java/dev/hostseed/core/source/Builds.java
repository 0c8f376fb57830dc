package dev.hostseed.core.source;

import dev.hostseed.core.host.ImageBuild;
import dev.hostseed.core.host.ImageBuild.Cache;
import dev.hostseed.core.host.ImageBuild.Dockerfile;
import dev.hostseed.core.host.ImageBuild.NamedContext;
import dev.hostseed.core.host.ImageBuild.Place;
import dev.hostseed.core.host.ImageBuild.Recipe;
import dev.hostseed.core.host.ImageBuild.Request;
import dev.hostseed.core.host.ImageBuild.Special;
import dev.hostseed.core.host.ImageBuild.Surroundings;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The images that a project builds, out of what its services say.
final class Builds {
    private static final String SERVICE = "service:";

    private final ProjectDraft project;
    private final BuildSecrets secrets;
    private final Scope scope;

    Builds(ProjectDraft project, Scope scope) {
        this.project = project;
        this.secrets = new BuildSecrets(project, scope);
        this.scope = scope;
    }

    /// Each image once, after those that it needs.
    List<ImageBuild> inOrder() {
        var builds = new LinkedHashMap<ImageReference, ImageBuild>();
        for (var name : BuildOrder.of(project, scope.report())) {
            var service = project.services.get(name);
            var draft = service == null ? Optional.<BuildDraft>empty() : service.build.filter(build -> !build.refused);
            if (service != null && draft.isPresent() && service.image.isPresent()) {
                var build = build(service, draft.get(), service.image.get());
                builds.merge(build.image(), build, (one, other) -> both(one, other, draft.get().at));
            }
        }
        return List.copyOf(builds.values());
    }

    /// Several services may build one image, if they do so in one way.
    private ImageBuild both(ImageBuild one, ImageBuild other, Position at) {
        if (!one.recipe().equals(other.recipe())
                || !one.surroundings().equals(other.surroundings())
                || !one.special().equals(other.special())) {
            scope.report()
                    .error(
                            at,
                            "'" + one.image() + "' is built otherwise at "
                                    + one.request().where(),
                            "one of the two would take the name from the other",
                            "write another 'image' for one of them");
        }
        return one.request().always() ? one : other;
    }

    private ImageBuild build(ServiceDraft service, BuildDraft draft, ImageReference image) {
        var names = new ArrayList<>(List.of(image));
        draft.tags.forEach(
                tag -> Fields.made(tag.value(), tag.at(), scope, "write [registry/]name[:tag]", ImageReference::parse)
                        .ifPresent(names::add));
        var keys = new TreeMap<String, Place>();
        draft.special.forEach((key, at) -> keys.put(key, new Place(at.toString())));
        return new ImageBuild(
                new Request(service.name.value(), new Place(draft.at.toString()), service.alwaysBuilt),
                names,
                recipe(draft),
                new Surroundings(
                        draft.network,
                        draft.extraHosts,
                        draft.shmBytes,
                        draft.limits,
                        draft.platform,
                        new Cache(draft.noCache, draft.noCacheOf, draft.pull, draft.cacheFrom, draft.cacheTo)),
                new Special(contexts(draft), secrets.of(draft), draft.ssh, draft.entitlements, keys));
    }

    /// What is not there is a warning: who has the image needs none of it.
    private Recipe recipe(BuildDraft draft) {
        var context = directory(draft.context);
        var dockerfile = draft.inline
                .<Dockerfile>map(inline -> new Dockerfile.Inline(inline.value()))
                .orElseGet(() -> new Dockerfile.File(dockerfile(draft, context)));
        return new Recipe(context, dockerfile, draft.target, draft.args, draft.labels);
    }

    private Path directory(Located<String> written) {
        var directory = path(written, scope.directory()::local);
        if (!Files.isDirectory(directory)) {
            warn(
                    written,
                    "the context '" + written.value() + "' is no directory here",
                    "create it, or correct its path");
        }
        return directory;
    }

    private Path dockerfile(BuildDraft draft, Path context) {
        var written = draft.dockerfile.orElse(draft.context); // one of both is there
        var file = path(written, text -> ProjectDirectory.resolve(context, text).normalize());
        if (Files.isDirectory(context) && !Files.isRegularFile(file)) {
            warn(
                    written,
                    "there is no '" + written.value() + "' in '" + draft.context.value() + "'",
                    "create it, or name it under 'dockerfile'");
        }
        return file;
    }

    private void warn(Located<String> written, String what, String remedy) {
        scope.report().warn(written.at(), what, "the image cannot be built, only taken from where it is", remedy);
    }

    private Path path(Located<String> written, Function<String, Path> resolve) {
        var home = scope.variables().getOrDefault("HOME", "~");
        var text = written.value().startsWith("~/") ? home + written.value().substring(1) : written.value();
        return Fields.made(text, written.at(), scope, "write a path", resolve).orElse(Path.of(""));
    }

    private TreeMap<String, NamedContext> contexts(BuildDraft draft) {
        var contexts = new TreeMap<String, NamedContext>();
        draft.contexts.forEach((name, written) -> {
            var place = written.value();
            if (place.startsWith(SERVICE)) {
                built(place.substring(SERVICE.length()), written.at())
                        .ifPresent(image -> contexts.put(name, new NamedContext.Built(image)));
            } else {
                contexts.put(
                        name,
                        place.contains("://")
                                ? new NamedContext.Other(place)
                                : new NamedContext.Directory(directory(written)));
            }
        });
        return contexts;
    }

    private Optional<ImageReference> built(String service, Position at) {
        var known = project.services.entrySet().stream()
                .filter(entry -> entry.getKey().value().equals(service))
                .findFirst();
        if (known.isEmpty()) {
            var names =
                    project.services.keySet().stream().map(ServiceName::value).toList();
            scope.report().error(at, "there is no service '" + service + "'", Nearest.remedy(service, names));
        } else if (known.get().getValue().build.isEmpty()) {
            scope.report().error(at, "'" + service + "' is not built", "write 'docker-image://' and its image");
        } else {
            return known.get().getValue().image;
        }
        return Optional.empty();
    }

    /// The services whose images `service` takes as contexts.
    static List<Located<String>> needed(ServiceDraft service) {
        return service.build.stream()
                .flatMap(build -> build.contexts.values().stream())
                .filter(context -> context.value().startsWith(SERVICE))
                .map(context -> new Located<>(context.at(), context.value().substring(SERVICE.length())))
                .toList();
    }
}
