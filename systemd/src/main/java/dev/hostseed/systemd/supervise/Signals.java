package dev.hostseed.systemd.supervise;

/// The signals that stop a process, by number. Rule: signal(7), for x86 and ARM.
final class Signals {
    static final int KILL = 9;

    private Signals() {}

    /// The number of `signal`, written as Docker takes it: `SIGTERM`, `TERM` or `15`; 0 if we do not know it.
    static int number(String signal) {
        return switch (signal.startsWith("SIG") ? signal.substring(3) : signal) {
            case "HUP", "1" -> 1;
            case "INT", "2" -> 2;
            case "QUIT", "3" -> 3;
            case "ABRT", "6" -> 6;
            case "KILL", "9" -> KILL;
            case "USR1", "10" -> 10;
            case "USR2", "12" -> 12;
            case "TERM", "15" -> 15;
            case "WINCH", "28" -> 28;
            case "PWR", "30" -> 30;
            case "RTMIN+3", "37" -> 37;
            default -> 0;
        };
    }
}
