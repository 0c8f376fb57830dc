package dev.hostseed.systemd.supervise;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Connections;
import dev.hostseed.core.host.Connections.Attachment;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.EngineSettings;
import dev.hostseed.core.host.GrantedFile;
import dev.hostseed.core.host.Health;
import dev.hostseed.core.host.Hooks;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Network;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.Process;
import dev.hostseed.core.host.Process.Words;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.RestartPolicy;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.image.LockedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Services that the tests supervise: a shell of the busybox image, without networks.
final class Services {
    static final String IMAGE = "example/busybox:1";

    private Services() {}

    static Service shell(String name, String script) {
        return service(name, List.of("/bin/sh", "-c", script), Map.of(), Map.of(), new Health.Inherited());
    }

    static Service checked(String name, String script, Health.Check check) {
        return service(name, List.of("/bin/sh", "-c", script), Map.of(), Map.of(), check);
    }

    /// One of `image` with the image's entrypoint, and with no command.
    static Service cleared(String name, String image) {
        return new Service(
                new ServiceName(name),
                ImageReference.parse(image),
                new Process(new Words.Inherited(), new Words.Written(List.of()), new TreeMap<>(), "", ""),
                new TreeMap<>(),
                new Connections(List.of(), List.of(), List.of()),
                List.of(),
                new Health.Inherited(),
                new RestartPolicy.Always(),
                Duration.ofSeconds(10),
                EngineSettings.none());
    }

    static Service service(
            String name,
            List<String> command,
            Map<String, String> environment,
            Map<String, String> labels,
            Health health) {
        return new Service(
                new ServiceName(name),
                ImageReference.parse(IMAGE),
                new Process(new Words.Inherited(), new Words.Written(command), new TreeMap<>(environment), "", ""),
                new TreeMap<>(labels),
                new Connections(List.of(), List.of(), List.of()),
                List.of(),
                health,
                new RestartPolicy.Always(),
                Duration.ofSeconds(10),
                EngineSettings.none());
    }

    /// A shell that runs as `user` and is granted files.
    static Service granted(String name, String script, String user, Mount.Granted... granted) {
        var plain = shell(name, script);
        var process = plain.process();
        return new Service(
                plain.name(),
                plain.image(),
                new Process(process.entrypoint(), process.command(), process.environment(), user, ""),
                plain.labels(),
                new Connections(List.of(), List.of(granted), List.of()),
                plain.dependencies(),
                plain.health(),
                plain.restart(),
                plain.stopGracePeriod(),
                plain.engine());
    }

    /// What the project has for each of `granted`: its own name.
    static List<GrantedFile> files(Mount.Granted... granted) {
        var files = new LinkedHashSet<GrantedFile>();
        for (var grant : granted) {
            files.add(new GrantedFile(
                    grant.kind(), grant.source(), Bytes.of(grant.source().value())));
        }
        return List.copyOf(files);
    }

    /// The definition of a shell on `networks`, with the alias `other-<name>` on each.
    static ContainerDefinition attached(String name, String imageId, Network... networks) {
        var plain = shell(name, "sleep 600");
        var attachments = new ArrayList<Attachment>();
        for (var network : networks) {
            attachments.add(new Attachment(network.key(), List.of("other-" + name), "", ""));
        }
        var service = new Service(
                plain.name(),
                plain.image(),
                plain.process(),
                plain.labels(),
                new Connections(List.of(), List.of(), attachments),
                plain.dependencies(),
                plain.health(),
                plain.restart(),
                plain.stopGracePeriod(),
                plain.engine());
        return define(service, imageId, List.of(networks), List.of());
    }

    /// A shell with `hooks` around it, which gets a second to end.
    static Service hooked(String name, String script, Hooks hooks) {
        var plain = shell(name, script);
        return new Service(
                plain.name(),
                plain.image(),
                plain.process(),
                plain.labels(),
                plain.connections(),
                plain.dependencies(),
                plain.health(),
                plain.restart(),
                Duration.ofSeconds(2),
                plain.engine(),
                1,
                hooks);
    }

    /// A command of a hook: a shell's.
    static Hooks.Command command(String script) {
        return new Hooks.Command(List.of("/bin/sh", "-c", script), new TreeMap<>(Map.of("HOOK", "yes")), "", "", false);
    }

    /// A step before a service: a shell's.
    static Hooks.Step step(String script) {
        var plain = shell("step", script);
        return new Hooks.Step(plain.image(), plain.process(), false);
    }

    /// The definition of `service` in the project `shop`.
    ///
    /// @param imageId that the Engine has for the busybox image
    static ContainerDefinition define(Service service, String imageId) {
        return define(service, imageId, List.of(), List.of());
    }

    static ContainerDefinition define(Service service, String imageId, List<GrantedFile> granted) {
        return define(service, imageId, List.of(), granted);
    }

    private static ContainerDefinition define(
            Service service, String imageId, List<Network> networks, List<GrantedFile> granted) {
        var project = new Project(new ProjectName("shop"), List.of(service), networks, List.of(), List.of(), granted);
        return Definitions.container(
                project, service.replicas().getFirst(), locked(new Digest(imageId)), place(service.name() + ""));
    }

    /// Where the container that is called `name` in its project lies; its output goes to a file.
    static Place place(String name) {
        return new Place(
                "shop-" + name + ".service",
                "shop-" + name.replace('@', '-') + ".slice",
                new Logging("json-file", new TreeMap<>()),
                "/var/lib/hostseed/shop/current/files");
    }

    static LockedImage locked(Digest id) {
        var content = new LockedImage.Content(id, 1);
        return new LockedImage(
                ImageReference.parse(IMAGE), "", new Platform("linux", "amd64", ""), content, content, id, List.of());
    }
}
