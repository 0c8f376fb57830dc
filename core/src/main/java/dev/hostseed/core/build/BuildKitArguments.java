package dev.hostseed.core.build;

import dev.hostseed.core.host.ImageBuild;
import dev.hostseed.core.host.ImageBuild.Dockerfile;
import dev.hostseed.core.host.ImageBuild.NamedContext;
import dev.hostseed.core.host.ImageBuild.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// A build as arguments of `docker`.
///
/// Rule: `docker buildx build --help`, as of buildx 0.13.
final class BuildKitArguments {
    private final List<String> arguments = new ArrayList<>();

    private BuildKitArguments() {}

    /// @param variables is told which variables of the environment have to hold which secrets
    static List<String> of(ImageBuild build, BiConsumer<String, String> variables) {
        return new BuildKitArguments().all(build, variables);
    }

    private List<String> all(ImageBuild build, BiConsumer<String, String> variables) {
        // No attestations: what is loaded is to be the image alone, and a time in it would make each build another.
        arguments.addAll(List.of("buildx", "build", "--load", "--progress", "plain", "--provenance=false"));
        recipe(build);
        surroundings(build.surroundings());
        cache(build.surroundings().cache());
        special(build.special(), variables);
        arguments.add(build.recipe().context().toAbsolutePath().toString());
        return List.copyOf(arguments);
    }

    private void recipe(ImageBuild build) {
        var recipe = build.recipe();
        option(
                "--file",
                switch (recipe.dockerfile()) {
                    case Dockerfile.Inline ignored -> "-";
                    case Dockerfile.File(var file) -> file.toAbsolutePath().toString();
                });
        build.names().forEach(name -> option("--tag", name.toString()));
        option("--target", recipe.target());
        pairs("--build-arg", recipe.args());
        pairs("--label", recipe.labels());
    }

    private void surroundings(ImageBuild.Surroundings surroundings) {
        option("--network", surroundings.network());
        surroundings.extraHosts().forEach(host -> option("--add-host", host));
        option("--shm-size", surroundings.shmBytes() == 0 ? "" : String.valueOf(surroundings.shmBytes()));
        surroundings
                .limits()
                .forEach(limit -> option("--ulimit", limit.name() + "=" + limit.soft() + ":" + limit.hard()));
        option("--platform", surroundings.platform());
    }

    private void cache(ImageBuild.Cache cache) {
        if (cache.none()) {
            arguments.add("--no-cache");
        }
        if (cache.pull()) {
            arguments.add("--pull");
        }
        cache.noneOf().forEach(stage -> option("--no-cache-filter", stage));
        cache.from().forEach(from -> option("--cache-from", from));
        cache.to().forEach(to -> option("--cache-to", to));
    }

    private void special(ImageBuild.Special special, BiConsumer<String, String> variables) {
        special.contexts().forEach((name, context) -> option("--build-context", name + "=" + place(context)));
        special.ssh().forEach(ssh -> option("--ssh", ssh));
        special.entitlements().forEach(entitlement -> option("--allow", entitlement));
        for (var secret : special.secrets()) {
            option(
                    "--secret",
                    switch (secret) {
                        case Secret.InFile(var id, var file) -> field("id", id) + "," + field("src", absolute(file));
                        case Secret.Held(var id, var value) -> {
                            var variable = "HOSTSEED_BUILD_SECRET_" + arguments.size();
                            variables.accept(variable, value.utf8());
                            yield field("id", id) + "," + field("env", variable);
                        }
                    });
        }
    }

    private static String place(NamedContext context) {
        return switch (context) {
            case NamedContext.Directory(var directory) -> absolute(directory);
            case NamedContext.Built(var image) -> "docker-image://" + image;
            case NamedContext.Other(var text) -> text;
        };
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    /// One field of a line of CSV (RFC 4180).
    private static String field(String key, String value) {
        var text = key + "=" + value;
        return text.contains(",") || text.contains("\"") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    private void pairs(String option, Map<String, String> pairs) {
        pairs.forEach((name, value) -> option(option, name + "=" + value));
    }

    /// Left out if `value` is empty.
    private void option(String option, String value) {
        if (!value.isEmpty()) {
            arguments.add(option);
            arguments.add(value);
        }
    }
}
