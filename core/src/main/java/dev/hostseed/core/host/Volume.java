package dev.hostseed.core.host;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A named volume of the project.
///
/// @param engineName `<project>_<key>` unless written
public record Volume(ResourceName key, EngineName engineName, Origin origin) {

    /// Where it comes from.
    public sealed interface Origin {}

    /// Made by someone else: it must be there.
    public record External() implements Origin {}

    /// Made by us, and never removed by us.
    ///
    /// @param driver `local` unless written
    public record Made(String driver, SortedMap<String, String> driverOptions, SortedMap<String, String> labels)
            implements Origin {
        public Made {
            driverOptions = Collections.unmodifiableSortedMap(new TreeMap<>(driverOptions));
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        }
    }
}
