package dev.hostseed.systemd.unit;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.systemd.unit.Unit.Section;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// The units of a host's project.
public final class ProjectUnits {
    /// Where they stand: the directory that belongs to the administrator.
    public static final TargetPath DIRECTORY = new TargetPath("/etc/systemd/system");

    private static final UnitName MULTI_USER = new UnitName("multi-user.target");

    private ProjectUnits() {}

    /// Every unit file, drop-in and enabling link of `host`, by path. Pure: equal hosts give equal bytes.
    ///
    /// @throws IllegalArgumentException if two units would have one name, a name would be too long, or a command
    /// or a bind source has text that no unit can carry; [UnitNames#problems] and [UnitText#carries] tell before
    public static SortedMap<TargetPath, FileContent> render(Host host) {
        var problems = UnitNames.problems(host.project());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        var files = new TreeMap<TargetPath, FileContent>();
        unitsOf(host).forEach((name, unit) -> files.put(pathOf(name), FileContent.readable(unit.text())));
        for (var service : host.project().services()) {
            files.putAll(ServiceUnit.dropIns(host.project(), service));
        }
        files.putAll(links(host.project()));
        return files;
    }

    private static SequencedMap<UnitName, Unit> unitsOf(Host host) {
        var project = host.project();
        var name = project.name();
        var units = new LinkedHashMap<UnitName, Unit>();
        units.put(UnitNames.target(name), target(project));
        units.put(UnitNames.slice(name), slice(name.value()));
        units.put(UnitNames.images(name), Preparations.images(name));
        for (var network : project.networks()) {
            units.put(UnitNames.network(name, network.key()), Preparations.network(name, network.key()));
        }
        for (var volume : project.volumes()) {
            units.put(UnitNames.volume(name, volume.key()), Preparations.volume(name, volume));
        }
        var commands = host.machine().commands().beforeServices();
        if (!commands.isEmpty()) {
            units.put(UnitNames.prepare(name), Preparations.commands(name, commands));
        }
        for (var service : project.services()) {
            units.put(UnitNames.slice(name, service.name()), slice(name + ": " + service.name()));
            units.putAll(unitsOf(host, service));
        }
        return units;
    }

    private static SequencedMap<UnitName, Unit> unitsOf(Host host, Service service) {
        var name = host.project().name();
        var units = new LinkedHashMap<UnitName, Unit>();
        for (var replica : service.replicas()) {
            units.put(UnitNames.slice(name, replica), slice(name + ": " + replica.name()));
            units.put(UnitNames.service(name, replica), ServiceUnit.of(host, replica));
        }
        for (var number = 1; number <= service.hooks().preStart().size(); number++) {
            units.put(UnitNames.step(name, service.name(), number), StepUnit.of(host, service, number));
        }
        return units;
    }

    private static Unit target(Project project) {
        return Unit.of(
                new Section(
                        "Unit",
                        List.of(Directive.line("Description", project.name().value()))),
                new Section("Install", List.of(Directive.units("WantedBy", List.of(MULTI_USER)))));
    }

    /// Written even while it sets nothing: the Engine would make it in passing, and leave it behind.
    private static Unit slice(String description) {
        return Unit.of(new Section("Unit", List.of(Directive.line("Description", description))));
    }

    /// What `systemctl enable` would make.
    private static SortedMap<TargetPath, FileContent> links(Project project) {
        var target = UnitNames.target(project.name());
        var services = project.services().stream()
                .filter(service -> service.scale() > 0)
                .flatMap(service -> UnitNames.services(project.name(), service).stream());
        var links = new TreeMap<>(links(target, services.toList()));
        links.putAll(links(MULTI_USER, List.of(target)));
        return links;
    }

    private static SortedMap<TargetPath, FileContent> links(UnitName wanting, Collection<UnitName> wanted) {
        var links = new TreeMap<TargetPath, FileContent>();
        for (var unit : wanted) {
            var link = DIRECTORY.resolve(wanting + ".wants").resolve(unit.value());
            links.put(link, new FileContent.Link(pathOf(unit).value()));
        }
        return links;
    }

    /// Where the unit `name` stands.
    public static TargetPath pathOf(UnitName name) {
        return DIRECTORY.resolve(name.value());
    }

    /// The link that has all of a project started at boot.
    public static TargetPath enablingLink(UnitName target) {
        return DIRECTORY.resolve(MULTI_USER + ".wants").resolve(target.value());
    }
}
