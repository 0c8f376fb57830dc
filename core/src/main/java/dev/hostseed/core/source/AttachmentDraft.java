package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.Connections.Attachment;
import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a service is on a network, while it is read.
final class AttachmentDraft {
    /// The first is the one that the container is made with. Rule: compose-go, which goes by name where nothing is
    /// said.
    static final Comparator<AttachmentDraft> FIRST_TO_LAST =
            Comparator.<AttachmentDraft>comparingLong(draft -> -draft.priority).thenComparing(draft -> draft.network);

    final ResourceName network;
    final Position at;
    List<String> aliases = List.of();
    String ipv4 = "";
    String ipv6 = "";
    List<String> linkLocal = List.of();
    long priority;
    String macAddress = "";
    Position macAt;

    /// For the driver of the network.
    SortedMap<String, String> options = new TreeMap<>();

    /// Members of the Engine's `EndpointSettings`.
    final SortedMap<String, Data> settings = new TreeMap<>();

    AttachmentDraft(ResourceName network, Position at) {
        this.network = network;
        this.at = at;
        this.macAt = at;
    }

    /// Before API 1.44 a container has one address, which is that on its first network.
    void needsAddressOfItsOwn(EngineNeeds needs) {
        if (!macAddress.isEmpty()) {
            needs.add(macAt, "'mac_address' on a network that is not the first", new EngineApi(44));
        }
    }

    Located<Attachment> attachment() {
        var engine = new Data.Mapping(new TreeMap<>(settings))
                .withUnlessEmpty("MacAddress", new Data.Text(macAddress))
                .withUnlessEmpty("DriverOpts", Data.texts(options));
        return new Located<>(at, new Attachment(network, aliases, ipv4, ipv6, linkLocal, engine));
    }
}
