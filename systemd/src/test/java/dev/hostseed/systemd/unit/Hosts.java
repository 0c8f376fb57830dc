package dev.hostseed.systemd.unit;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Connections;
import dev.hostseed.core.host.Connections.Attachment;
import dev.hostseed.core.host.Dependency;
import dev.hostseed.core.host.Dependency.Condition;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.EngineSettings;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.FileOwner;
import dev.hostseed.core.host.GrantedFile;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.host.Health;
import dev.hostseed.core.host.Hooks;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.HostName;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Machine;
import dev.hostseed.core.host.Machine.Command;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Network;
import dev.hostseed.core.host.Process;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectFile;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.RestartPolicy;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.host.Volume;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/// Hosts to render.
public final class Hosts {
    private static final List<GrantedFile> GRANTED = List.of(
            new GrantedFile(Kind.CONFIG, new ResourceName("db.conf"), Bytes.of("max 10\n")),
            new GrantedFile(Kind.SECRET, new ResourceName("a.key"), Bytes.of("the key\n")),
            new GrantedFile(Kind.SECRET, new ResourceName("password"), Bytes.of("hunter2\n")));

    private Hosts() {}

    /// One service, nothing else.
    public static Host alone() {
        return host("solo", List.of(service("web", new RestartPolicy.Never(), List.of(), List.of())), List.of());
    }

    /// A database, a job that prepares it, and what needs both, with every kind of mount.
    public static Host shop() {
        var db = stoppingIn(
                Duration.ofSeconds(90),
                service(
                        "db",
                        new RestartPolicy.Always(),
                        List.of(),
                        List.of(
                                new Mount.Named(new ResourceName("data"), path("/data"), false, Mount.Options.NONE),
                                granted(Kind.SECRET, "password", "/run/secrets/password"),
                                granted(Kind.SECRET, "password", "/etc/password"),
                                granted(Kind.SECRET, "a.key", "/run/secrets/a.key"),
                                granted(Kind.CONFIG, "db.conf", "/db.conf"))));
        var migrate = service(
                "migrate",
                new RestartPolicy.OnFailure(0),
                List.of(after("db", Condition.HEALTHY, true, false)),
                List.of());
        var mail = service("mail", new RestartPolicy.OnFailure(3), List.of(), List.of());
        var web = service(
                "web",
                new RestartPolicy.Always(),
                List.of(
                        after("db", Condition.HEALTHY, true, true),
                        after("migrate", Condition.COMPLETED_SUCCESSFULLY, true, false),
                        after("mail", Condition.STARTED, false, false)),
                List.of(
                        new Mount.Bind(path("/srv/50% \"off\"\\x"), path("/sale"), true, false),
                        new Mount.Bind(path("/srv/data"), path("/data"), false, true),
                        new Mount.ProjectBind("web.conf", path("/etc/web.conf"), true)));
        return host(
                "shop",
                List.of(db, migrate, mail, web),
                List.of(
                        new Command.Shell("echo \"$HOME is 100% ours\"; true"),
                        new Command.Words(List.of("sysctl", "-w", "net.core.somaxconn=1024")),
                        new Command.Words(List.of("/usr/bin/touch", "/run/two\nlines", "", ";", "${A} $B %n"))));
    }

    /// Services of several containers and of none, what depends on them, and what runs before, in and after them.
    public static Host scaled() {
        var step = new Hooks.Step(
                ImageReference.parse("example/other"),
                new Process(new Process.Words.Inherited(), new Process.Words.Inherited(), new TreeMap<>(), "", ""),
                false);
        var hook = new Hooks.Command(List.of("flush"), new TreeMap<>(), "", "", false);
        var pace = new RestartPolicy.Pace(3, Duration.ofMillis(1500), Duration.ofMinutes(2));
        var mounts = List.<Mount>of(
                new Mount.Named(new ResourceName("data"), path("/data"), false, Mount.Options.NONE),
                new Mount.Bind(path("/srv/data"), path("/more"), false, true));
        var db = service("db", new RestartPolicy.Always(), List.of(), List.of());
        var spare = service("spare", new RestartPolicy.Never(), List.of(), List.of());
        var worker = service(
                "worker",
                new RestartPolicy.Always(pace),
                List.of(after("db", Condition.HEALTHY, true, true), after("spare", Condition.STARTED, true, false)),
                mounts);
        var web = service(
                "web",
                new RestartPolicy.OnFailure(pace),
                List.of(after("worker", Condition.STARTED, true, true)),
                List.of());
        return host(
                "shop",
                List.of(
                        db,
                        scaled(spare, 0, Hooks.none()),
                        scaled(web, 1, new Hooks(List.of(), List.of(hook), List.of(hook))),
                        scaled(worker, 2, new Hooks(List.of(step, step), List.of(), List.of()))),
                List.of());
    }

    private static Service scaled(Service service, int scale, Hooks hooks) {
        return new Service(
                service.name(),
                service.image(),
                service.process(),
                service.labels(),
                service.connections(),
                service.dependencies(),
                service.health(),
                service.restart(),
                service.stopGracePeriod(),
                service.engine(),
                scale,
                hooks);
    }

    /// Names that are awkward in a unit.
    public static Host awkward() {
        var services = List.of(
                service("my-app.v2", new RestartPolicy.Never(), List.of(), List.of()),
                service(".hidden", new RestartPolicy.Never(), List.of(), List.of()),
                service(
                        "-X_y",
                        new RestartPolicy.Never(),
                        List.of(after("my-app.v2", Condition.STARTED, true, false)),
                        List.of()));
        return host("my-shop_1", services, List.of());
    }

    public static Host host(String project, List<Service> services, List<Command> beforeServices) {
        var name = new ProjectName(project);
        var network = new Network(
                new ResourceName("default"),
                new EngineName(project + "_default"),
                new Network.Made(
                        "bridge",
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new Network.Reach(false, false, true, false),
                        Network.Ipam.of(List.of())));
        var volume = new Volume(
                new ResourceName("data"),
                new EngineName(project + "_data"),
                new Volume.Made("local", new TreeMap<>(), new TreeMap<>()));
        var file = new ProjectFile("web.conf", Bytes.of("listen 80\n"), FileMode.READABLE);
        var plain = Machine.plain();
        var machine = new Machine(
                plain.timezone(),
                plain.access(),
                plain.packages(),
                plain.files(),
                new Machine.Commands(List.of(), List.of(), beforeServices),
                plain.cloudConfig());
        return new Host(
                new HostName("shop-1"),
                new Project(name, services, List.of(network), List.of(volume), List.of(file), GRANTED),
                machine);
    }

    public static Service service(
            String name, RestartPolicy restart, List<Dependency> dependencies, List<Mount> mounts) {
        var network = new Attachment(new ResourceName("default"), List.of(), "", "");
        return new Service(
                new ServiceName(name),
                ImageReference.parse("example/" + (name.equals("web") ? "web" : "other")),
                new Process(new Process.Words.Inherited(), new Process.Words.Inherited(), new TreeMap<>(), "", ""),
                new TreeMap<>(),
                new Connections(List.of(), mounts, List.of(network)),
                dependencies,
                new Health.Inherited(),
                restart,
                Duration.ofSeconds(10),
                EngineSettings.none());
    }

    private static Service stoppingIn(Duration grace, Service service) {
        return new Service(
                service.name(),
                service.image(),
                service.process(),
                service.labels(),
                service.connections(),
                service.dependencies(),
                service.health(),
                service.restart(),
                grace,
                service.engine());
    }

    private static Mount granted(Kind kind, String name, String target) {
        return new Mount.Granted(kind, new ResourceName(name), path(target), FileOwner.ROOT, new FileMode(0444));
    }

    private static Dependency after(String service, Condition condition, boolean required, boolean restart) {
        return new Dependency(new ServiceName(service), condition, required, restart);
    }

    private static TargetPath path(String path) {
        return new TargetPath(path);
    }
}
