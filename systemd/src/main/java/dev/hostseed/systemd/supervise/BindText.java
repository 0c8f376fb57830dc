package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import java.util.ArrayList;

/// A mount as one text, `source:target:options`, which is older than the Engine's `Mount` and knows less and more.
final class BindText {
    private BindText() {}

    /// @param mount the Engine's `Mount`, of a bind or a volume
    /// @param label for SELinux, or nothing
    static String of(Data.Mapping mount, String label) {
        var yes = new Data.Truth(true);
        var options = new ArrayList<String>();
        options.add(yes.equals(mount.entries().get("ReadOnly")) ? "ro" : "rw");
        options.add(label);
        options.add(Fields.findText(options(mount, "BindOptions"), "Propagation"));
        options.add(yes.equals(options(mount, "VolumeOptions").entries().get("NoCopy")) ? "nocopy" : "");
        options.removeIf(String::isEmpty);
        return Fields.findText(mount, "Source") + ":" + Fields.findText(mount, "Target") + ":"
                + String.join(",", options);
    }

    private static Data.Mapping options(Data.Mapping mount, String kind) {
        var options = Fields.findMapping(mount, kind);
        return options == null ? Data.mapping() : options;
    }
}
