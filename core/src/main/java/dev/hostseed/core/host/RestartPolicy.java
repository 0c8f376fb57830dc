package dev.hostseed.core.host;

/// When a container that ended is started again. Rule: Compose Specification, "restart".
public sealed interface RestartPolicy {
    record Never() implements RestartPolicy {}

    /// `always` and `unless-stopped`: under systemd a stopped unit stays stopped, which is all that tells them apart.
    record Always() implements RestartPolicy {}

    /// @param maximumRetries 0 for no limit
    record OnFailure(int maximumRetries) implements RestartPolicy {}
}
