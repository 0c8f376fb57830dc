package dev.hostseed.core.host;

import java.time.Duration;
import java.util.List;

/// How the Engine finds out whether a container is healthy.
public sealed interface Health {
    /// The image's own check, if it has one.
    record Inherited() implements Health {}

    /// None, whatever the image says.
    record Disabled() implements Health {}

    /// @param test as the Engine takes it: `CMD` and words, or `CMD-SHELL` and one text; empty for the image's
    /// @param interval between checks; zero is the image's or the Engine's default, as for all that follow
    /// @param startInterval between checks during `startPeriod`; an Engine before API 1.44 does not know it
    record Check(
            List<String> test,
            Duration interval,
            Duration timeout,
            int retries,
            Duration startPeriod,
            Duration startInterval)
            implements Health {
        public Check {
            test = List.copyOf(test);
        }
    }
}
