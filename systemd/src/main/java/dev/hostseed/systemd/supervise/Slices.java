package dev.hostseed.systemd.supervise;

import java.nio.file.Path;

/// Where a slice lies among the cgroups.
final class Slices {
    private Slices() {}

    /// The directory of the slice that the container of `definition` lies in.
    static Path of(ContainerDefinition definition, Path cgroups) {
        var host = Fields.findMapping(definition.create(), "HostConfig");
        return pathOf(host == null ? "" : Fields.findText(host, "CgroupParent"), cgroups);
    }

    /// The directory of `slice`: `shop-web.slice` lies in `shop.slice`. Rule: systemd.slice(5).
    static Path pathOf(String slice, Path cgroups) {
        var path = cgroups;
        for (var dash = slice.indexOf('-'); dash > 0; dash = slice.indexOf('-', dash + 1)) {
            path = path.resolve(slice.substring(0, dash) + ".slice");
        }
        return path.resolve(slice);
    }
}
