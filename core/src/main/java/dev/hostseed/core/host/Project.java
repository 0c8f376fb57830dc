package dev.hostseed.core.host;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Compose project: containers, and what they share.
///
/// @param services by name
/// @param networks by key; those that a service uses, `default` among them if one does
/// @param volumes by key; those that a service mounts
/// @param files that the containers see through relative bind mounts, by path; they travel with the seed
/// @param granted the configs and the secrets that a service is granted; they travel too
/// @param builds how images are made that nobody gives, each after those that it needs
/// @param refreshed images that are wanted as their registry has them, whoever else has them
public record Project(
        ProjectName name,
        List<Service> services,
        List<Network> networks,
        List<Volume> volumes,
        List<ProjectFile> files,
        List<GrantedFile> granted,
        List<ImageBuild> builds,
        SortedSet<ImageReference> refreshed) {
    public Project {
        services = List.copyOf(services);
        networks = List.copyOf(networks);
        volumes = List.copyOf(volumes);
        files = List.copyOf(files);
        granted = List.copyOf(granted);
        builds = List.copyOf(builds);
        refreshed = Collections.unmodifiableSortedSet(new TreeSet<>(refreshed));
    }

    /// One whose images are all given.
    public Project(
            ProjectName name,
            List<Service> services,
            List<Network> networks,
            List<Volume> volumes,
            List<ProjectFile> files,
            List<GrantedFile> granted) {
        this(name, services, networks, volumes, files, granted, List.of(), new TreeSet<>());
    }

    /// @throws IllegalArgumentException if there is none
    public GrantedFile granted(GrantedFile.Kind kind, ResourceName name) {
        return granted.stream()
                .filter(file -> file.kind() == kind && file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the project has no " + kind + " '" + name + "'"));
    }

    public Optional<Service> find(ServiceName service) {
        return services.stream().filter(s -> s.name().equals(service)).findFirst();
    }

    /// The images of all services, of what runs before them and of what they mount, each once.
    public SortedSet<ImageReference> images() {
        return services.stream().flatMap(Project::images).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<ImageReference> images(Service service) {
        var mounted = service.connections().mounts().stream()
                .flatMap(mount -> mount instanceof Mount.Image image ? Stream.of(image.image()) : Stream.of());
        var before = service.hooks().preStart().stream().map(Hooks.Step::image);
        return Stream.concat(Stream.of(service.image()), Stream.concat(before, mounted));
    }

    /// How many containers run, of all services together.
    public int containers() {
        return services.stream().mapToInt(Service::scale).sum();
    }

    /// Whether some service waits for `service` to end well, so that it is a job and no daemon.
    public boolean runsToCompletion(ServiceName service) {
        return services.stream()
                .flatMap(s -> s.dependencies().stream())
                .anyMatch(d -> d.on().equals(service) && d.condition() == Dependency.Condition.COMPLETED_SUCCESSFULLY);
    }
}
