package dev.hostseed.core.host;

import java.time.Duration;

/// When a container that ended is started again. Rule: Compose Specification, "restart"; Compose Deploy Specification,
/// "restart_policy".
public sealed interface RestartPolicy {
    record Never() implements RestartPolicy {}

    /// `always` and `unless-stopped`: under systemd a stopped unit stays stopped, which is all that tells them apart.
    record Always(Pace pace) implements RestartPolicy {
        public Always() {
            this(new Pace(0));
        }
    }

    record OnFailure(Pace pace) implements RestartPolicy {
        /// @param maximumRetries 0 for no limit
        public OnFailure(int maximumRetries) {
            this(new Pace(maximumRetries));
        }
    }

    /// @param maximumRetries within `window`, after which it is not started any more; 0 for no limit
    /// @param pause before each
    record Pace(int maximumRetries, Duration pause, Duration window) {
        private static final Duration PAUSE = Duration.ofSeconds(2);
        private static final Duration WINDOW = Duration.ofHours(1);

        /// That of a policy which says no more than that.
        public Pace(int maximumRetries) {
            this(maximumRetries, PAUSE, WINDOW);
        }
    }
}
