package dev.hostseed.core.source;

import dev.hostseed.core.host.Dependency;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Services that wait for each other. Each cycle is told once, at the key that closes it.
final class Cycles {
    private final ProjectDraft project;
    private final Report report;
    private final Set<ServiceName> done = new HashSet<>();

    /// From the service where the walk began to the one that it is at.
    private final LinkedHashSet<ServiceName> way = new LinkedHashSet<>();

    /// For each service on the way, what of its dependencies is still to be walked: no recursion, whose depth would be
    /// the author's choice.
    private final Deque<Iterator<Located<Dependency>>> open = new ArrayDeque<>();

    Cycles(ProjectDraft project, Report report) {
        this.project = project;
        this.report = report;
    }

    void tell() {
        project.services.keySet().forEach(this::walkFrom);
    }

    private void walkFrom(ServiceName start) {
        enter(start);
        while (!open.isEmpty()) {
            if (open.element().hasNext()) {
                follow(open.element().next());
            } else {
                open.pop();
                done.add(way.removeLast());
            }
        }
    }

    private void follow(Located<Dependency> dependency) {
        var on = dependency.value().on();
        if (!way.contains(on)) {
            enter(on);
        } else if (!report.isFull() || !report.hasErrors()) {
            report.error(
                    dependency.at(),
                    "services wait for each other: "
                            + cycle(on).stream().map(ServiceName::value).collect(Collectors.joining(" → ")),
                    "none of them could be the first",
                    "remove one of these dependencies");
        }
    }

    private void enter(ServiceName name) {
        var service = project.services.get(name);
        if (service != null && !done.contains(name)) {
            way.add(name);
            open.push(service.dependencies.iterator());
        }
    }

    private List<ServiceName> cycle(ServiceName on) {
        var cycle = new ArrayList<>(way.stream().dropWhile(n -> !n.equals(on)).toList());
        cycle.add(on);
        return cycle;
    }
}
