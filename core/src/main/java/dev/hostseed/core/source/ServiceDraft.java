package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.Connections;
import dev.hostseed.core.host.Connections.Attachment;
import dev.hostseed.core.host.Connections.Port;
import dev.hostseed.core.host.Dependency;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.EngineSettings;
import dev.hostseed.core.host.Health;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Process;
import dev.hostseed.core.host.Process.Words;
import dev.hostseed.core.host.RestartPolicy;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.host.Sharing;
import dev.hostseed.core.host.Sharing.Link;
import dev.hostseed.core.host.Sharing.VolumesFrom;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A service while its keys are read: what is not written has its default.
final class ServiceDraft {
    final Located<ServiceName> name;
    Optional<ImageReference> image = Optional.empty();
    Optional<BuildDraft> build = Optional.empty();
    boolean alwaysBuilt;
    boolean refreshed;
    Words entrypoint = new Words.Inherited();
    Words command = new Words.Inherited();
    final SortedMap<String, String> environment = new TreeMap<>();

    String user = "";
    String workingDirectory = "";
    final SortedMap<String, String> fileLabels = new TreeMap<>();
    SortedMap<String, String> labels = new TreeMap<>();
    String macAddress = "";
    final List<Located<Port>> ports = new ArrayList<>();
    final List<Located<Mount>> mounts = new ArrayList<>();
    final List<Located<Attachment>> networks = new ArrayList<>();
    final List<Located<Dependency>> dependencies = new ArrayList<>();
    Health health = new Health.Inherited();
    RestartPolicy restart = new RestartPolicy.Never();

    Duration stopGracePeriod = Duration.ofSeconds(10);
    Optional<EngineName> containerName = Optional.empty();

    /// `scale` and `deploy.replicas`.
    Optional<Located<Integer>> scale = Optional.empty();

    Optional<Located<Integer>> replicas = Optional.empty();

    /// What `deploy` says of members of `HostConfig` that a key of their own says too, by that key.
    final Map<String, DeployKeys.Resource> deployed = new TreeMap<>();

    Optional<Located<RestartPolicy>> deployedRestart = Optional.empty();

    final List<Located<Link>> links = new ArrayList<>();
    final List<Located<VolumesFrom>> volumesFrom = new ArrayList<>();

    /// The services whose namespaces it is in, by the member of `HostConfig`.
    final SortedMap<String, Located<ServiceName>> namespaces = new TreeMap<>();

    final List<HookKeys.Draft> preStart = new ArrayList<>();
    final List<HookKeys.Draft> postStart = new ArrayList<>();
    final List<HookKeys.Draft> preStop = new ArrayList<>();

    /// Members of the Engine's create body, and of its `HostConfig`.
    final SortedMap<String, Data> container = new TreeMap<>();

    final SortedMap<String, Data> host = new TreeMap<>();

    /// Where the values of the keys for these stand.
    final Map<String, Position> written = new TreeMap<>();

    final PortBudget portBudget;

    /// @param portBudget of the whole project
    ServiceDraft(Located<ServiceName> name, PortBudget portBudget) {
        this.name = name;
        this.portBudget = portBudget;
    }

    /// Asks a driver of the Engine for devices, beside those that other keys ask for.
    ///
    /// @param devices the Engine's `DeviceRequest`
    void request(Data.Mapping devices) {
        var all = new ArrayList<>(
                host.get("DeviceRequests") instanceof Data.Sequence(var before) ? before : List.<Data>of());
        all.add(devices);
        all.sort(Comparator.comparing(Data::toString)); // the order of keys in the file says nothing
        host.put("DeviceRequests", new Data.Sequence(all));
    }

    /// Where the value of `key` stands; where the service's name does, if it is not written.
    Position at(String key) {
        return written.getOrDefault(key, name.at());
    }

    /// The text under `member` of `HostConfig`, empty if there is none.
    String hostText(String member) {
        return host.get(member) instanceof Data.Text(var text) ? text : "";
    }

    /// How many containers it has.
    int count() {
        return scale.or(() -> replicas).map(Located::value).orElse(1);
    }

    /// @throws IllegalStateException if there is no image, which the checks have reported
    Service service() {
        var reference = image.orElseThrow(() -> new IllegalStateException("no image: " + name));
        var allLabels = new TreeMap<>(fileLabels);
        allLabels.putAll(labels);
        return new Service(
                name.value(),
                reference,
                new Process(entrypoint, command, environment, user, workingDirectory),
                allLabels,
                new Connections(values(ports), orderedMounts(), attachments(), sharing()),
                orderedDependencies(),
                health,
                restart,
                stopGracePeriod,
                new EngineSettings(
                        containerName,
                        new Data.Mapping(new LinkedHashMap<>(container)),
                        new Data.Mapping(new LinkedHashMap<>(host))),
                count(),
                HookKeys.hooks(this, reference));
    }

    private Sharing sharing() {
        var owners = new TreeMap<String, ServiceName>();
        namespaces.forEach((member, service) -> owners.put(member, service.value()));
        return new Sharing(values(links), values(volumesFrom), owners);
    }

    /// The first network has the address of the service itself.
    private List<Attachment> attachments() {
        var attachments = new ArrayList<>(values(networks));
        if (!macAddress.isEmpty() && !attachments.isEmpty()) {
            attachments.set(0, attachments.getFirst().with("MacAddress", macAddress));
        }
        return attachments;
    }

    /// Volumes, configs, secrets, in whatever order the keys stand.
    private List<Mount> orderedMounts() {
        var ordered = new ArrayList<>(values(mounts));
        ordered.sort(Comparator.comparing(
                mount -> mount instanceof Mount.Granted grant ? 1 + grant.kind().ordinal() : 0));
        return ordered;
    }

    private List<Dependency> orderedDependencies() {
        return dependencies.stream()
                .map(Located::value)
                .sorted(Comparator.comparing(dependency -> dependency.on().value()))
                .toList();
    }

    private static <T> List<T> values(List<Located<T>> located) {
        return located.stream().map(Located::value).toList();
    }
}
