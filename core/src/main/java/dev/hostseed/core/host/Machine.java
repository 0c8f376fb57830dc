package dev.hostseed.core.host;

import dev.hostseed.core.data.Data;
import java.util.List;

/// The host's own settings: what stands under `x-host`. Names are cloud-init's where cloud-init has the thing.
///
/// @param timezone of the tz database, such as `Europe/Zurich`; empty for the image's
/// @param packages of the distribution, to be installed at first boot
/// @param cloudConfig whatever else of cloud-init; has no key that hostseed writes itself
public record Machine(
        String timezone,
        Access access,
        List<String> packages,
        List<HostFile> files,
        Commands commands,
        Data.Mapping cloudConfig) {
    public Machine {
        packages = List.copyOf(packages);
        files = List.copyOf(files);
    }

    /// Nothing set.
    public static Machine plain() {
        return new Machine(
                "",
                new Access(List.of(), List.of()),
                List.of(),
                List.of(),
                new Commands(List.of(), List.of(), List.of()),
                Data.mapping());
    }

    /// Who may log in.
    ///
    /// @param users beside the distribution's default user, each a mapping of cloud-init's own keys, checked
    /// @param sshAuthorizedKeys of the distribution's default user
    public record Access(List<Data.Mapping> users, List<String> sshAuthorizedKeys) {
        public Access {
            users = List.copyOf(users);
            sshAuthorizedKeys = List.copyOf(sshAuthorizedKeys);
        }
    }

    /// A file on the host.
    ///
    /// @param owner `user:group`
    public record HostFile(TargetPath path, Bytes content, FileMode mode, String owner) {}

    /// What runs on the host, in order.
    ///
    /// @param boot on every boot, early (cloud-init's bootcmd)
    /// @param firstBoot once, when the host is set up
    /// @param beforeServices on every boot, before the first container of the project is started
    public record Commands(List<Command> boot, List<Command> firstBoot, List<Command> beforeServices) {
        public Commands {
            boot = List.copyOf(boot);
            firstBoot = List.copyOf(firstBoot);
            beforeServices = List.copyOf(beforeServices);
        }
    }

    /// A command as its author wrote it: words for the kernel, or a line for the shell.
    public sealed interface Command {
        /// @param words at least one; the first is a program
        record Words(List<String> words) implements Command {
            public Words {
                words = List.copyOf(words);
                if (words.isEmpty()) {
                    throw new IllegalArgumentException("a command without words");
                }
            }
        }

        record Shell(String line) implements Command {}
    }
}
