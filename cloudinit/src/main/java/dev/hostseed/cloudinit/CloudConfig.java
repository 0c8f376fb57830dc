package dev.hostseed.cloudinit;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Yaml;

/// The text of a cloud-config document.
///
/// Rule: cloud-init, "Cloud config data": the first line is the header, and nothing stands before it.
final class CloudConfig {
    private static final String HEADER = "#cloud-config\n";

    private CloudConfig() {}

    static String text(Data.Mapping config) {
        return HEADER + Yaml.text(config);
    }
}
