package dev.hostseed.core.source;

import dev.hostseed.core.host.ImageBuild.Limit;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The `build` of a service while its keys are read: what is not written has its default.
final class BuildDraft {
    final Position at;
    Located<String> context;

    /// Whether its context was refused, so that there is nothing to build.
    boolean refused;

    Optional<Located<String>> dockerfile = Optional.empty();
    Optional<Located<String>> inline = Optional.empty();
    String target = "";
    SortedMap<String, String> args = new TreeMap<>();
    SortedMap<String, String> labels = new TreeMap<>();
    List<Located<String>> tags = List.of();
    String network = "";
    List<String> extraHosts = List.of();
    long shmBytes;
    final List<Limit> limits = new ArrayList<>();
    String platform = "";
    boolean noCache;
    boolean pull;
    List<String> noCacheOf = List.of();
    List<String> cacheFrom = List.of();
    List<String> cacheTo = List.of();
    final SortedMap<String, Located<String>> contexts = new TreeMap<>();
    final List<Grant> secrets = new ArrayList<>();
    final List<String> ssh = new ArrayList<>();
    final List<String> entitlements = new ArrayList<>();

    /// Where the keys stand that BuildKit alone knows.
    final SortedMap<String, Position> special = new TreeMap<>();

    BuildDraft(Position at) {
        this.at = at;
        this.context = new Located<>(at, ".");
    }

    /// A secret of the project, and the name that a step asks for it by.
    record Grant(Located<String> source, String id) {}
}
