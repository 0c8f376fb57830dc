package dev.hostseed.systemd.release;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockedImage;
import dev.hostseed.systemd.supervise.ContainerDefinition;
import dev.hostseed.systemd.supervise.Definitions;
import dev.hostseed.systemd.supervise.Logging;
import dev.hostseed.systemd.supervise.Place;
import dev.hostseed.systemd.unit.ProjectUnits;
import dev.hostseed.systemd.unit.UnitNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that a host needs for a project, beside the runtime and the images.
///
/// @param id 16 hexadecimal digits of a hash over all that is in it, and over the lock
/// @param files by path on the host: units, links that enable them, definitions, files that containers see
public record Release(String id, ProjectName project, SortedMap<TargetPath, FileContent> files) {
    public Release {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /// The release for `host` with the images of `lock`. Pure: equal values give an equal release.
    ///
    /// @throws IllegalArgumentException as [ProjectUnits#render] does, and if `lock` lacks the image of a service
    public static Release of(Host host, Lock lock) {
        var project = host.project();
        var shared = new TreeMap<>(ProjectUnits.render(host));
        var filesRoot = filesRoot(project);
        for (var file : project.files()) {
            shared.put(filesRoot.resolve(file.path()), new FileContent.Held(file.content(), file.mode()));
        }
        var own = definitions(project, lock, filesRoot);
        var id = id(shared, own, lock);
        own.putAll(granted(project));
        own.forEach((name, content) ->
                shared.put(HostPaths.release(project.name(), id).resolve(name), content));
        return new Release(id, project.name(), shared);
    }

    private static TargetPath filesRoot(Project project) {
        var contents = new TreeMap<String, FileContent>();
        for (var file : project.files()) {
            contents.put(file.path(), new FileContent.Held(file.content(), file.mode()));
        }
        return HostPaths.files(project.name(), shortDigest(describe(contents)));
    }

    /// What `run` and `ensure` read, by path within the release. Root's alone: environments may hold secrets.
    private static SortedMap<String, FileContent> definitions(Project project, Lock lock, TargetPath filesRoot) {
        var name = project.name();
        var definitions = new TreeMap<String, FileContent>();
        for (var service : project.services()) {
            containers(project, service, lock, filesRoot)
                    .forEach((key, definition) ->
                            definitions.put("containers/" + key + ".json", secret(definition.toData())));
        }
        for (var network : project.networks()) {
            var definition = Definitions.network(name, network);
            definitions.put("networks/" + network.key() + ".json", secret(definition.toData()));
        }
        for (var volume : project.volumes()) {
            var definition = Definitions.volume(name, volume);
            definitions.put("volumes/" + volume.key() + ".json", secret(definition.toData()));
        }
        return definitions;
    }

    /// What `run` shows to containers. Not part of the id, which everybody may see: the definitions have fingerprints.
    private static SortedMap<String, FileContent> granted(Project project) {
        var files = new TreeMap<String, FileContent>();
        for (var file : project.granted()) {
            files.put(file.kind().section() + "/" + file.name(), new FileContent.Held(file.content(), FileMode.SECRET));
        }
        return files;
    }

    /// By what `run` calls them.
    private static SortedMap<String, ContainerDefinition> containers(
            Project project, Service service, Lock lock, TargetPath filesRoot) {
        var name = project.name();
        var containers = new TreeMap<String, ContainerDefinition>();
        var image = locked(service.image(), lock);
        var mounted = mounted(service, lock);
        for (var replica : service.replicas()) {
            var logging = Logging.journal(replica.name());
            var unit = UnitNames.service(name, replica);
            var place = new Place(unit.value(), UnitNames.slice(name, replica).value(), logging, filesRoot.value());
            containers.put(
                    replica.name(),
                    Definitions.container(project, replica, image, place).mounting(mounted));
        }
        var steps = service.hooks().preStart();
        for (var number = 1; number <= steps.size(); number++) {
            var key = UnitNames.stepName(service.name(), number);
            var place = new Place(
                    UnitNames.step(name, service.name(), number).value(),
                    UnitNames.slice(name, service.name()).value(),
                    Logging.journal(key),
                    filesRoot.value());
            var own = locked(steps.get(number - 1).image(), lock);
            containers.put(
                    key, Definitions.step(project, service, number, own, place).mounting(mounted));
        }
        return containers;
    }

    private static FileContent secret(Data data) {
        return new FileContent.Held(Bytes.of(Json.pretty(data)), FileMode.SECRET);
    }

    private static LockedImage locked(ImageReference reference, Lock lock) {
        return lock.images().stream()
                .filter(image -> image.reference().equals(reference))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the lock has no image " + reference));
    }

    private static List<LockedImage> mounted(Service service, Lock lock) {
        var images = new ArrayList<LockedImage>();
        for (var mount : service.connections().mounts()) {
            if (mount instanceof Mount.Image image) {
                images.add(locked(image.image(), lock));
            }
        }
        return images;
    }

    private static String id(SortedMap<TargetPath, FileContent> shared, SortedMap<String, FileContent> own, Lock lock) {
        var images = new ArrayList<Data>();
        for (var image : lock.images()) {
            images.add(Data.texts(List.of(
                    image.reference().toString(),
                    image.platform().toString(),
                    image.config().digest().value(),
                    image.manifest().digest().value(),
                    image.loaded().value())));
        }
        return shortDigest(Data.mapping()
                .with("shared", describe(shared))
                .with("own", describe(own))
                .with("images", new Data.Sequence(images)));
    }

    private static String shortDigest(Data data) {
        return Digest.of(Json.compact(data)).hex().substring(0, 16);
    }

    private static Data.Mapping describe(SortedMap<?, FileContent> files) {
        var described = new LinkedHashMap<String, Data>();
        files.forEach((path, content) -> described.put(path.toString(), describe(content)));
        return new Data.Mapping(described);
    }

    private static Data.Sequence describe(FileContent content) {
        return Data.texts(
                switch (content) {
                    case FileContent.Held(var bytes, var mode) ->
                        List.of(Digest.of(bytes.toArray()).value(), mode.toString());
                    case FileContent.Link(var target) -> List.of("link", target);
                    case FileContent.Copied copied ->
                        throw new IllegalStateException("a release holds its files, but not " + copied.source());
                });
    }

    /// What stands below `hostseed/release/` on a medium, by path there: `release.json`, and the files by target path
    /// without its first `/`. Links are no files there: `release.json` has them, as it has every mode.
    public SortedMap<String, FileContent> onMedium() {
        var medium = new TreeMap<String, FileContent>();
        medium.put(Manifest.NAME, new FileContent.Held(Manifest.of(this).json(), FileMode.READABLE));
        files.forEach((path, content) -> {
            if (content instanceof FileContent.Held) {
                medium.put(path.value().substring(1), content);
            }
        });
        return medium;
    }
}
