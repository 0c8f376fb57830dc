package dev.hostseed.core.source;

import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// In which order the images of services are built: after those that they are made from and, where that goes together,
/// after those of the services that they depend on, since a Dockerfile may start from one of them.
final class BuildOrder {
    private final ProjectDraft project;
    private final Function<ServiceDraft, Stream<String>> before;

    private BuildOrder(ProjectDraft project, Function<ServiceDraft, Stream<String>> before) {
        this.project = project;
        this.before = before;
    }

    /// All services; by name alone after it went to `report` that builds wait for each other.
    static List<ServiceName> of(ProjectDraft project, Report report) {
        return new BuildOrder(project, service -> Stream.concat(contexts(service), dependencies(service)))
                .sorted()
                .or(() -> new BuildOrder(project, BuildOrder::contexts).sorted())
                .orElseGet(() -> {
                    project.services.values().stream()
                            .flatMap(service -> Builds.needed(service).stream())
                            .map(Located::at)
                            .findFirst()
                            .ifPresent(at -> report.error(
                                    at, "builds wait for each other by their contexts", "remove one of them"));
                    return List.copyOf(project.services.keySet());
                });
    }

    private static Stream<String> contexts(ServiceDraft service) {
        return Builds.needed(service).stream().map(Located::value);
    }

    private static Stream<String> dependencies(ServiceDraft service) {
        return service.dependencies.stream().map(d -> d.value().on().value());
    }

    /// Each after all before it, else by name; nothing if there is a circle.
    private Optional<List<ServiceName>> sorted() {
        var missing = missing();
        var waiting = waiting(missing);
        var ready = new TreeSet<ServiceName>();
        missing.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .forEach(entry -> ready.add(entry.getKey()));
        var order = new ArrayList<ServiceName>();
        while (!ready.isEmpty()) {
            var next = ready.removeFirst();
            order.add(next);
            for (var later : waiting.getOrDefault(next, List.of())) {
                var rest = missing.getOrDefault(later, new HashSet<>());
                rest.remove(next);
                if (rest.isEmpty()) {
                    ready.add(later);
                }
            }
        }
        return order.size() == project.services.size() ? Optional.of(order) : Optional.empty();
    }

    /// For each service those that come before it.
    private TreeMap<ServiceName, Set<ServiceName>> missing() {
        var byText = project.services.keySet().stream().collect(Collectors.toMap(ServiceName::value, name -> name));
        var missing = new TreeMap<ServiceName, Set<ServiceName>>();
        project.services.forEach((name, service) -> missing.put(
                name,
                before.apply(service)
                        .flatMap(text -> Stream.ofNullable(byText.get(text)))
                        .collect(Collectors.toCollection(HashSet::new))));
        return missing;
    }

    /// For each service those that come after it.
    private static Map<ServiceName, List<ServiceName>> waiting(TreeMap<ServiceName, Set<ServiceName>> missing) {
        var waiting = new TreeMap<ServiceName, List<ServiceName>>();
        missing.forEach((name, needed) -> needed.forEach(
                one -> waiting.computeIfAbsent(one, absent -> new ArrayList<>()).add(name)));
        return waiting;
    }
}
