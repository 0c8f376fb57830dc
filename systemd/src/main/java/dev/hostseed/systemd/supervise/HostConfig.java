package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.Connections.Port;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.Hooks;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.TargetPath;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The part of a create body that belongs to the host.
///
/// @param filesRoot the directory on the host below which the project's own files lie
record HostConfig(Project project, String filesRoot) {

    /// @param links as [Peers] names them; the Engine wants them here for its default bridge alone
    Data.Mapping of(Service service, String slice, Logging logging, String networkMode, List<String> links) {
        var config = Data.mapping()
                .withUnlessEmpty("PortBindings", bindings(service.connections().ports()));
        config = shared(config, service, slice, logging, networkMode);
        for (var setting : service.engine().host().entries().entrySet()) { // `logging` and `network_mode` among them
            config = config.with(setting.getKey(), setting.getValue());
        }
        for (var namespace : service.connections().sharing().namespaces().entrySet()) {
            config = config.with(namespace.getKey(), "container:" + new Peers(project).first(namespace.getValue()));
        }
        return isOnDefaultBridge(config) ? config.withUnlessEmpty("Links", Data.texts(links)) : config;
    }

    /// That of a step before `service`, which has its networks and mounts and nothing else.
    Data.Mapping of(Service service, Hooks.Step step, String slice, Logging logging, String networkMode) {
        var config = shared(Data.mapping(), service, slice, logging, networkMode);
        var mode = service.engine().host().entries().get("NetworkMode");
        var owner = service.connections().sharing().namespaces().get("NetworkMode");
        if (owner != null) {
            config = config.with("NetworkMode", "container:" + new Peers(project).first(owner));
        } else if (mode != null) {
            config = config.with("NetworkMode", mode);
        }
        return step.privileged() ? config.with("Privileged", true) : config;
    }

    /// What a service's containers and the steps before them have alike.
    private Data.Mapping shared(
            Data.Mapping config, Service service, String slice, Logging logging, String networkMode) {
        return config.withUnlessEmpty("Mounts", mounts(service.connections().mounts()))
                .withUnlessEmpty("Binds", binds(service.connections().mounts()))
                .withUnlessEmpty("VolumesFrom", Data.texts(new Peers(project).volumesFrom(service)))
                .with("RestartPolicy", Data.mapping().with("Name", "no")) // systemd restarts
                .with("CgroupParent", slice)
                .with("NetworkMode", networkMode)
                .with(
                        "LogConfig",
                        Data.mapping().with("Type", logging.driver()).with("Config", Data.texts(logging.options())));
    }

    private static boolean isOnDefaultBridge(Data.Mapping config) {
        return new Data.Text("bridge").equals(config.entries().get("NetworkMode"));
    }

    private static Data.Mapping bindings(List<Port> ports) {
        var byPort = new TreeMap<String, List<Data>>();
        for (var port : ports) {
            byPort.computeIfAbsent(port.exposed(), key -> new ArrayList<>())
                    .add(Data.mapping()
                            .with("HostIp", port.hostIp())
                            .with("HostPort", port.published() == 0 ? "" : Integer.toString(port.published())));
        }
        var bindings = new TreeMap<String, Data>();
        byPort.forEach((key, list) -> bindings.put(key, new Data.Sequence(list)));
        return new Data.Mapping(bindings);
    }

    private Data.Sequence mounts(List<Mount> mounts) {
        var list = new ArrayList<Data>();
        for (var mount : mounts) {
            // What is granted is added by the supervisor: see Grants.
            if (!(mount instanceof Mount.Granted) && !isLabelled(mount)) {
                list.add(mount(mount));
            }
        }
        return new Data.Sequence(list);
    }

    /// Files are labelled only for mounts that are written as one text.
    private Data.Sequence binds(List<Mount> mounts) {
        var list = new ArrayList<String>();
        for (var mount : mounts) {
            if (isLabelled(mount)) {
                list.add(BindText.of(mount(mount), label(mount)));
            }
        }
        return Data.texts(list);
    }

    private static boolean isLabelled(Mount mount) {
        return !label(mount).isEmpty();
    }

    private static String label(Mount mount) {
        return options(mount).label();
    }

    private static Mount.Options options(Mount mount) {
        return switch (mount) {
            case Mount.Bind bind -> bind.options();
            case Mount.ProjectBind bind -> bind.options();
            case Mount.Named volume -> volume.options();
            case Mount.Anonymous volume -> volume.options();
            case Mount.Tmpfs memory -> memory.options();
            case Mount.Image image -> image.options();
            case Mount.Granted ignored -> Mount.Options.NONE;
        };
    }

    private Data.Mapping mount(Mount mount) {
        return switch (mount) {
            case Mount.Bind(var source, var target, var readOnly, var create, var options) -> {
                var engine = create ? options.engine().with("CreateMountpoint", true) : options.engine();
                yield mount("bind", source.value(), target, readOnly).withUnlessEmpty("BindOptions", engine);
            }
            case Mount.ProjectBind(var path, var target, var readOnly, var options) ->
                mount("bind", filesRoot + "/" + path, target, readOnly)
                        .withUnlessEmpty("BindOptions", options.engine());
            case Mount.Named(var volume, var target, var readOnly, var options) ->
                mount("volume", engineName(volume).value(), target, readOnly)
                        .withUnlessEmpty("VolumeOptions", options.engine());
            case Mount.Anonymous(var target, var readOnly, var options) ->
                mount("volume", "", target, readOnly).withUnlessEmpty("VolumeOptions", options.engine());
            case Mount.Tmpfs(var target, var readOnly, var options) ->
                mount("tmpfs", "", target, readOnly).withUnlessEmpty("TmpfsOptions", options.engine());
            case Mount.Image(var image, var target, var readOnly, var options) ->
                mount("image", image.tagged(), target, readOnly).withUnlessEmpty("ImageOptions", options.engine());
            case Mount.Granted granted -> throw new IllegalArgumentException("no mount of a definition: " + granted);
        };
    }

    private static Data.Mapping mount(String type, String source, TargetPath target, boolean readOnly) {
        return Data.mapping()
                .with("Type", type)
                .withUnlessEmpty("Source", new Data.Text(source))
                .with("Target", target.value())
                .with("ReadOnly", readOnly);
    }

    private EngineName engineName(ResourceName key) {
        for (var volume : project.volumes()) {
            if (volume.key().equals(key)) {
                return volume.engineName();
            }
        }
        throw new IllegalArgumentException("the project has no volume '" + key + "'");
    }
}
