package dev.hostseed.core.host;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How an image of the project is made, where nobody gives it: the `build` of a service.
///
/// @param names at least one: that of the service's image, then further ones
public record ImageBuild(
        Request request, List<ImageReference> names, Recipe recipe, Surroundings surroundings, Special special) {
    public ImageBuild {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("an image without a name");
        }
    }

    /// The name that the service knows it by.
    public ImageReference image() {
        return names.getFirst();
    }

    /// Who asks for it.
    ///
    /// @param always whether it is made even if there is an image of that name
    public record Request(ServiceName service, Place where, boolean always) {}

    /// Where something is written, for messages: what is meant is the same wherever it is, so all places are equal.
    public record Place(String text) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Place;
        }

        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// What is made.
    ///
    /// @param context the directory that instructions read from
    /// @param target the stage to make; empty for the last one
    public record Recipe(
            Path context,
            Dockerfile dockerfile,
            String target,
            SortedMap<String, String> args,
            SortedMap<String, String> labels) {
        public Recipe {
            args = sorted(args);
            labels = sorted(labels);
        }
    }

    /// Where the instructions stand.
    public sealed interface Dockerfile {
        /// @param file within the context or outside of it
        record File(Path file) implements Dockerfile {}

        record Inline(String text) implements Dockerfile {}
    }

    /// In what surroundings the steps run.
    ///
    /// @param network empty for the builder's default
    /// @param extraHosts `name:address`
    /// @param shmBytes 0 for the builder's default
    /// @param platform empty for that of the builder
    public record Surroundings(
            String network, List<String> extraHosts, long shmBytes, List<Limit> limits, String platform, Cache cache) {
        public Surroundings {
            extraHosts = List.copyOf(extraHosts);
            limits = List.copyOf(limits);
        }
    }

    /// How much of something a step may have; -1 for any amount.
    ///
    /// @param name as setrlimit(2) has it, in lower case: `nofile`
    public record Limit(String name, long soft, long hard) {}

    /// What is taken from earlier builds.
    ///
    /// @param none whether every step is run again
    /// @param noneOf stages whose steps are run again
    /// @param pull whether the registry is asked for base images that are there
    public record Cache(boolean none, List<String> noneOf, boolean pull, List<String> from, List<String> to) {
        public Cache {
            noneOf = List.copyOf(noneOf);
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /// What BuildKit alone can do.
    ///
    /// @param contexts by name
    /// @param ssh `id` or `id=path`, as BuildKit takes it
    /// @param keys those that ask for any of it, each with its place
    public record Special(
            SortedMap<String, NamedContext> contexts,
            List<Secret> secrets,
            List<String> ssh,
            List<String> entitlements,
            SortedMap<String, Place> keys) {
        public Special {
            contexts = sorted(contexts);
            secrets = List.copyOf(secrets);
            ssh = List.copyOf(ssh);
            entitlements = List.copyOf(entitlements);
            keys = sorted(keys);
        }
    }

    /// A context beside the first.
    public sealed interface NamedContext {
        record Directory(Path directory) implements NamedContext {}

        /// An image that another build of the project makes.
        record Built(ImageReference image) implements NamedContext {}

        /// What BuildKit alone understands, such as `docker-image://name`.
        record Other(String text) implements NamedContext {}
    }

    /// What steps may read, and no layer holds.
    public sealed interface Secret {
        String id();

        record InFile(String id, Path file) implements Secret {}

        /// @param value never shown
        record Held(String id, Bytes value) implements Secret {}
    }

    private static <V> SortedMap<String, V> sorted(SortedMap<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
