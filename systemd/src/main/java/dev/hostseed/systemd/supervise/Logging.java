package dev.hostseed.systemd.supervise;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where the output of a container goes.
///
/// @param driver one of the Engine's
/// @param options of the driver
public record Logging(String driver, SortedMap<String, String> options) {
    public Logging {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /// To the journal, as lines of the service's own unit: `journalctl -u` also finds what root's daemon sent with the
    /// field `OBJECT_SYSTEMD_UNIT`, and the Engine makes a field of that label.
    ///
    /// @param tag what each line begins with
    public static Logging journal(String tag) {
        return new Logging("journald", new TreeMap<>(Map.of("labels", Labels.OBJECT_SYSTEMD_UNIT, "tag", tag)));
    }
}
