package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.Connections.Port;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The part of a create body that belongs to the host.
///
/// @param filesRoot the directory on the host below which the project's own files lie
record HostConfig(Project project, String filesRoot) {

    Data.Mapping of(Service service, String slice, Logging logging, String networkMode) {
        var config = Data.mapping()
                .withUnlessEmpty("PortBindings", bindings(service.connections().ports()))
                .withUnlessEmpty("Mounts", mounts(service.connections().mounts()))
                .with("RestartPolicy", Data.mapping().with("Name", "no")) // systemd restarts
                .with("CgroupParent", slice)
                .with("NetworkMode", networkMode)
                .with(
                        "LogConfig",
                        Data.mapping().with("Type", logging.driver()).with("Config", Data.texts(logging.options())));
        for (var setting : service.engine().host().entries().entrySet()) { // `logging` and `network_mode` among them
            config = config.with(setting.getKey(), setting.getValue());
        }
        return config;
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
            if (!(mount instanceof Mount.Granted)) { // which the supervisor adds: see Grants
                list.add(mount(mount));
            }
        }
        return new Data.Sequence(list);
    }

    private Data.Mapping mount(Mount mount) {
        return switch (mount) {
            case Mount.Bind(var source, var target, var readOnly, var create) -> {
                var bind = mount("bind", source.value(), target.value(), readOnly);
                yield create ? bind.with("BindOptions", Data.mapping().with("CreateMountpoint", true)) : bind;
            }
            case Mount.ProjectBind(var path, var target, var readOnly) ->
                mount("bind", filesRoot + "/" + path, target.value(), readOnly);
            case Mount.Named(var volume, var target, var readOnly, var noCopy) -> {
                var named = mount("volume", engineName(volume).value(), target.value(), readOnly);
                yield noCopy ? named.with("VolumeOptions", Data.mapping().with("NoCopy", true)) : named;
            }
            case Mount.Granted granted -> throw new IllegalArgumentException("no mount of a definition: " + granted);
            case Mount.Anonymous(var target, var readOnly) -> mount("volume", "", target.value(), readOnly);
        };
    }

    private static Data.Mapping mount(String type, String source, String target, boolean readOnly) {
        return Data.mapping()
                .with("Type", type)
                .withUnlessEmpty("Source", new Data.Text(source))
                .with("Target", target)
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
