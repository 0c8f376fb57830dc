package dev.hostseed.cloudinit;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.Machine;
import dev.hostseed.core.host.Machine.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The one cloud-config document of a host.
///
/// Rules: cloud-init, "Modules", what 22.4 to 26.2 have in common.
public final class UserData {
    private UserData() {}

    /// Pure: equal values give equal text.
    ///
    /// @throws IllegalArgumentException if the machine's own cloud-config has a key that stands here already
    public static String render(Host host, InstallStep step) {
        return CloudConfig.text(config(host, step));
    }

    private static Data.Mapping config(Host host, InstallStep step) {
        return switch (host.machine()) {
            // Taken apart on purpose: a new component does not compile until it is rendered here.
            case Machine(var timezone, var access, var packages, var files, var commands, var cloudConfig) -> {
                var config = Data.mapping()
                        .with("hostname", host.name().value())
                        .with("preserve_hostname", false)
                        .withUnlessEmpty("timezone", new Data.Text(timezone))
                        .withUnlessEmpty("users", users(access))
                        .withUnlessEmpty("ssh_authorized_keys", Data.texts(access.sshAuthorizedKeys()));
                config = withPackages(config, packages);
                for (var other : cloudConfig.entries().entrySet()) {
                    config = other.getKey().equals("package_update")
                            ? config.with("package_update", other.getValue()) // the author's, before our default
                            : withNew(config, other.getKey(), other.getValue());
                }
                config = withNew(config, "write_files", writeFiles(files, step));
                config = commands.boot().isEmpty() ? config : withNew(config, "bootcmd", commands(commands.boot()));
                config = withNew(config, "runcmd", runcmd(commands.firstBoot()));
                yield withNew(config, "merge_how", MergeHow.APPENDED);
            }
        };
    }

    private static Data.Mapping withNew(Data.Mapping config, String key, Data value) {
        if (config.find(key).isPresent()) {
            throw new IllegalArgumentException("cloud_config has '" + key + "', which hostseed writes itself");
        }
        return config.with(key, value);
    }

    /// The distribution's user stays, and comes first: keys without a user are its.
    private static Data users(Machine.Access access) {
        if (access.users().isEmpty()) {
            return Data.Null.NULL;
        }
        return new Data.Sequence(Stream.<Data>concat(Stream.of(new Data.Text("default")), access.users().stream())
                .toList());
    }

    private static Data.Mapping withPackages(Data.Mapping config, List<String> packages) {
        return packages.isEmpty()
                ? config
                : config.with("packages", Data.texts(packages)).with("package_update", true);
    }

    private static Data writeFiles(List<Machine.HostFile> files, InstallStep step) {
        return new Data.Sequence(Stream.<Data>concat(files.stream().map(WriteFile::of), step.files().stream())
                .toList());
    }

    private static Data runcmd(List<Command> firstBoot) {
        var commands = new ArrayList<Data>();
        firstBoot.forEach(command -> commands.add(Data.texts(words(command))));
        InstallStep.commands().forEach(words -> commands.add(Data.texts(words)));
        return new Data.Sequence(commands);
    }

    private static Data commands(List<Command> commands) {
        return new Data.Sequence(commands.stream()
                .<Data>map(command -> Data.texts(words(command)))
                .toList());
    }

    /// All commands end up in one script of cloud-init's; with a shell of its own, an `exit` or an open quote in one of
    /// them does not end the others.
    private static List<String> words(Command command) {
        return switch (command) {
            case Command.Words(var words) -> words;
            case Command.Shell(var line) -> List.of("sh", "-c", line);
        };
    }
}
