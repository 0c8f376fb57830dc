package dev.hostseed.core.source;

/// How many ports a project may still publish: a short text can ask for millions.
final class PortBudget {
    /// As many as an address has.
    static final int PORTS = 65_536;

    private int left = PORTS;

    /// Whether there were that many.
    boolean take(int ports) {
        left = Math.max(-1, left - ports);
        return left >= 0;
    }

    /// Whether more was asked for than there is.
    boolean isSpent() {
        return left < 0;
    }
}
