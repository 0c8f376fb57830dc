package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.host.HostName;
import dev.hostseed.core.host.Machine;
import dev.hostseed.core.host.Machine.Command;
import dev.hostseed.core.host.Machine.HostFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `x-host` while it is read.
final class MachineDraft {
    Optional<HostName> name = Optional.empty();
    String timezone = "";

    /// What the lowest Engine speaks that the host may have.
    Optional<EngineApi> engine = Optional.empty();

    final List<Data.Mapping> users = new ArrayList<>();
    List<String> sshAuthorizedKeys = List.of();
    List<String> packages = List.of();
    final List<HostFile> files = new ArrayList<>();
    List<Command> boot = List.of();
    List<Command> firstBoot = List.of();
    List<Command> beforeServices = List.of();
    Data.Mapping cloudConfig = Data.mapping();

    Machine machine() {
        return new Machine(
                timezone,
                new Machine.Access(users, sshAuthorizedKeys),
                packages,
                files,
                new Machine.Commands(boot, firstBoot, beforeServices),
                cloudConfig);
    }
}
