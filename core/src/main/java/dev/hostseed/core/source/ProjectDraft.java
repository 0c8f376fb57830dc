package dev.hostseed.core.source;

import dev.hostseed.core.host.GrantedFile;
import dev.hostseed.core.host.Network;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.host.Volume;
import dev.hostseed.core.problem.Located;
import java.util.List;
import java.util.TreeMap;

/// The whole file while it is read.
final class ProjectDraft {
    final TreeMap<ServiceName, ServiceDraft> services = new TreeMap<>();
    /// Those that no active profile has, with their profiles.
    final TreeMap<ServiceName, List<String>> disabled = new TreeMap<>();

    final TreeMap<ResourceName, Located<Network>> networks = new TreeMap<>();
    final TreeMap<ResourceName, Located<Volume>> volumes = new TreeMap<>();
    final TreeMap<ResourceName, GrantedFileDraft> secrets = new TreeMap<>();
    final TreeMap<ResourceName, GrantedFileDraft> configs = new TreeMap<>();
    final PortBudget portBudget = new PortBudget();
    final MachineDraft machine = new MachineDraft();

    TreeMap<ResourceName, GrantedFileDraft> granted(GrantedFile.Kind kind) {
        return kind == GrantedFile.Kind.SECRET ? secrets : configs;
    }
}
