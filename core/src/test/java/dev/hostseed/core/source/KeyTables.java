package dev.hostseed.core.source;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Every table of keys, by where it stands: `*` is any key, and any item of a list. The first is that of a whole file.
final class KeyTables {
    static final SequencedMap<String, Keys<?>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("", ProjectKeys.KEYS);
        ALL.put("include/*", Including.KEYS);
        services();
        resources();
        machine();
    }

    private KeyTables() {}

    private static void services() {
        ALL.put("services/*", ServiceKeys.KEYS);
        ALL.put("services/*/blkio_config", BlockIoKeys.KEYS);
        ALL.put("services/*/blkio_config/weight_device/*", BlockIoKeys.WEIGHTS);
        for (var rate : new String[] {"read_bps", "read_iops", "write_bps", "write_iops"}) {
            ALL.put("services/*/blkio_config/device_" + rate + "/*", BlockIoKeys.RATES);
        }
        ALL.put("services/*/build", BuildKeys.KEYS);
        ALL.put("services/*/build/secrets/*", BuildKitKeys.GRANT);
        ALL.put("services/*/build/ulimits/*", LimitKeys.KEYS);
        ALL.put("services/*/configs/*", GrantKeys.KEYS);
        ALL.put("services/*/depends_on/*", DependencyKeys.KEYS);
        deploy();
        ALL.put("services/*/devices/*", DeviceKeys.KEYS);
        ALL.put("services/*/env_file/*", EnvironmentKeys.FILE_KEYS);
        ALL.put("services/*/extends", Extending.KEYS);
        ALL.put("services/*/gpus/*", DeviceRequestKeys.KEYS);
        ALL.put("services/*/healthcheck", HealthKeys.KEYS);
        ALL.put("services/*/logging", LoggingKeys.KEYS);
        ALL.put("services/*/networks/*", AttachmentKeys.KEYS);
        ALL.put("services/*/ports/*", PortKeys.KEYS);
        ALL.put("services/*/post_start/*", HookKeys.COMMAND);
        ALL.put("services/*/pre_start/*", HookKeys.STEP);
        ALL.put("services/*/pre_stop/*", HookKeys.COMMAND);
        ALL.put("services/*/secrets/*", GrantKeys.KEYS);
        ALL.put("services/*/ulimits/*", LimitKeys.KEYS);
        ALL.put("services/*/volumes/*", MountKeys.KEYS);
        ALL.put("services/*/volumes/*/bind", MountOptionKeys.BIND);
        ALL.put("services/*/volumes/*/volume", MountOptionKeys.VOLUME);
        ALL.put("services/*/volumes/*/tmpfs", MountOptionKeys.TMPFS);
        ALL.put("services/*/volumes/*/image", MountOptionKeys.IMAGE);
    }

    private static void deploy() {
        ALL.put("services/*/deploy", DeployKeys.KEYS);
        ALL.put("services/*/deploy/placement", PlacementKeys.KEYS);
        ALL.put("services/*/deploy/resources", DeployKeys.RESOURCES);
        ALL.put("services/*/deploy/resources/limits", DeployKeys.LIMITS);
        ALL.put("services/*/deploy/resources/reservations", DeployKeys.RESERVATIONS);
        ALL.put("services/*/deploy/resources/reservations/devices/*", DeviceRequestKeys.KEYS);
        ALL.put("services/*/deploy/restart_policy", RestartPolicyKeys.KEYS);
        ALL.put("services/*/deploy/rollback_config", DeployKeys.ROLLING);
        ALL.put("services/*/deploy/update_config", DeployKeys.ROLLING);
    }

    private static void resources() {
        ALL.put("networks/*", ResourceKeys.NETWORK);
        ALL.put("networks/*/external", ResourceKeys.OLD_EXTERNAL);
        ALL.put("networks/*/ipam", IpamKeys.KEYS);
        ALL.put("networks/*/ipam/config/*", IpamKeys.SUBNET);
        ALL.put("volumes/*", ResourceKeys.COMMON);
        ALL.put("volumes/*/external", ResourceKeys.OLD_EXTERNAL);
        ALL.put("secrets/*", GrantedFileKeys.SECRET);
        ALL.put("configs/*", GrantedFileKeys.CONFIG);
    }

    private static void machine() {
        ALL.put("x-host", MachineKeys.KEYS);
        ALL.put("x-host/commands", MachineKeys.COMMANDS);
        ALL.put("x-host/docker", DockerKeys.KEYS);
        ALL.put("x-host/files/*", HostFileKeys.KEYS);
    }
}
