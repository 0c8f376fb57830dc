package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.mapping;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.HostName;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.yaml.Node;
import java.time.ZoneId;
import java.util.Map;

/// Every key under `x-host`.
final class MachineKeys {
    static final Keys<MachineDraft> COMMANDS = Keys.<MachineDraft>of(
            list("boot", (node, into, scope) -> into.boot = HostCommands.read(node, scope)),
            list("first_boot", (node, into, scope) -> into.firstBoot = HostCommands.read(node, scope)),
            list("before_services", (node, into, scope) -> into.beforeServices = HostCommands.read(node, scope)));

    static final Keys<MachineDraft> KEYS = Keys.<MachineDraft>of(
                    scalar(
                            "name",
                            (node, into, scope) -> into.name = Fields.made(
                                    node, scope, "use lower case letters, digits and inner hyphens", HostName::new)),
                    scalar("timezone", MachineKeys::timezone),
                    list("users", UserKeys::read),
                    list(
                            "ssh_authorized_keys",
                            (node, into, scope) -> into.sshAuthorizedKeys = SshKeys.read(node, scope)),
                    list("packages", MachineKeys::packages),
                    list("files", HostFileKeys::read),
                    mapping("commands", COMMANDS::read),
                    mapping("cloud_config", MachineKeys::cloudConfig),
                    mapping("docker", DockerKeys.KEYS::read))
            .andPlanned("write it under 'cloud_config'", "fqdn", "locale", "ntp", "ca_certs", "swap", "apt", "groups")
            .andPlanned(
                    "remove it",
                    "network",
                    "disks",
                    "logging",
                    "images",
                    "dom0",
                    "ambassadors",
                    "updates",
                    "alerts",
                    "supervisor",
                    "targets",
                    "hosts");

    /// What we write into cloud-config ourselves, and the key of `x-host` for it; empty if there is none.
    private static final Map<String, String> OURS = Map.ofEntries(
            Map.entry("hostname", "name"),
            Map.entry("fqdn", "name"),
            Map.entry("prefer_fqdn_over_hostname", ""),
            Map.entry("preserve_hostname", ""),
            Map.entry("timezone", "timezone"),
            Map.entry("users", "users"),
            Map.entry("ssh_authorized_keys", "ssh_authorized_keys"),
            Map.entry("packages", "packages"),
            Map.entry("write_files", "files"),
            Map.entry("bootcmd", "commands.boot"),
            Map.entry("runcmd", "commands.first_boot"),
            Map.entry("merge_how", ""),
            Map.entry("merge_type", ""));

    private MachineKeys() {}

    private static void timezone(Node node, MachineDraft into, Scope scope) {
        Fields.text(node, scope).ifPresent(text -> {
            if (ZoneId.getAvailableZoneIds().contains(text)) {
                into.timezone = text;
            } else {
                var remedy = Nearest.to(text, ZoneId.getAvailableZoneIds())
                        .map(zone -> "did you mean '" + zone + "'?")
                        .orElse("write a name of the tz database, such as Europe/Zurich");
                scope.report().error(node.at(), "'" + text + "' is not a time zone", remedy);
            }
        });
    }

    private static void packages(Node node, MachineDraft into, Scope scope) {
        if (node instanceof Node.Sequence list) {
            into.packages = Fields.texts(list, true, scope);
            list.items().forEach(item -> refuseUnlessPackage(item, scope));
        }
    }

    private static void refuseUnlessPackage(Node item, Scope scope) {
        if (item instanceof Node.Scalar name
                && (name.text().startsWith("-") || name.text().chars().anyMatch(c -> c <= ' '))) {
            scope.report().error(item.at(), "'" + name.text() + "' is not the name of a package", "write one name");
        }
    }

    private static void cloudConfig(Node node, MachineDraft into, Scope scope) {
        if (!(node instanceof Node.Mapping config)) {
            return;
        }
        for (var entry : config.entries()) {
            var key = entry.key().text();
            var instead = OURS.get(key);
            if (instead != null) {
                scope.report()
                        .error(
                                entry.key().at(),
                                "'" + key + "' is what hostseed writes itself",
                                instead.isEmpty() ? "remove it" : "write 'x-host." + instead + "'");
            }
            if (key.equals("chpasswd") || key.equals("password")) {
                scope.report()
                        .as(Code.C05)
                        .error(
                                entry.key().at(),
                                "'" + key + "' puts a password into the seed",
                                "whoever reads the seed has it",
                                "write hashed_passwd for a user");
            }
        }
        into.cloudConfig = CloudInitValues.typed(config, scope);
    }
}
