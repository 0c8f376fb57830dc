package dev.hostseed.cloudinit;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Yaml;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.HostName;
import java.nio.charset.StandardCharsets;

/// What cloud-init knows of the instance.
///
/// @param instanceId cloud-init sets a host up once for each: it changes with everything that the seed carries
public record MetaData(HostName name, String instanceId) {
    private static final int HASH_DIGITS = 16;

    /// @param content of the seed: its parts, none of which may hold the instance id
    static MetaData of(HostName name, String... content) {
        var whole = new StringBuilder();
        for (var part : content) {
            whole.append(part.length()).append('\n').append(part);
        }
        var hash = Digest.of(whole.toString().getBytes(StandardCharsets.UTF_8)).hex();
        return new MetaData(name, "hostseed-" + name + "-" + hash.substring(0, HASH_DIGITS));
    }

    /// The text of `meta-data`.
    public String text() {
        return Yaml.text(Data.mapping().with("instance-id", instanceId).with("local-hostname", name.value()));
    }
}
