package dev.hostseed.cloudinit;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Yaml;

/// The network before anybody says otherwise: addresses by DHCP on every wired card.
///
/// Rule: cloud-init, "Networking config Version 2".
final class NetworkConfig {
    private NetworkConfig() {}

    static String text() {
        var wired =
                Data.mapping().with("match", Data.mapping().with("name", "e*")).with("dhcp4", true);
        return Yaml.text(Data.mapping()
                .with("version", 2)
                .with("ethernets", Data.mapping().with("wired", wired)));
    }
}
