package dev.hostseed.core.host;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What runs in a container. Whatever is empty or inherited is the image's.
///
/// @param environment any name without `=` and NUL: it goes to the Engine as JSON
/// @param user `name`, `uid` or either with `:group`; empty for the image's
/// @param workingDirectory absolute; empty for the image's
public record Process(
        Words entrypoint, Words command, SortedMap<String, String> environment, String user, String workingDirectory) {
    public Process {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /// Compose tells apart what is not written, and so the image's, from what is written to be empty.
    public sealed interface Words {
        record Inherited() implements Words {}

        /// @param words may be empty: the image's words are cleared
        record Written(List<String> words) implements Words {
            public Written {
                words = List.copyOf(words);
            }
        }
    }
}
