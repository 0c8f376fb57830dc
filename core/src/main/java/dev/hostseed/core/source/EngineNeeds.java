package dev.hostseed.core.source;

import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is written that not every Engine can do. It is judged at the end, since `x-host` may stand anywhere.
final class EngineNeeds {
    private final List<Need> needs = new ArrayList<>();

    private record Need(Position at, String what, EngineApi since) {}

    /// @param what is written, as a problem begins
    void add(Position at, String what, EngineApi since) {
        if (since.minor() > EngineApi.LOWEST.minor()) {
            needs.add(new Need(at, what, since));
        }
    }

    /// @param host what the lowest Engine of the host speaks, as far as it is written
    void tell(Optional<EngineApi> host, Report report) {
        for (var need : needs) {
            var what = need.what + " needs Docker " + need.since.release() + " (API " + need.since + ")";
            if (host.isEmpty()) {
                report.warn(
                        need.at,
                        what,
                        "an older one refuses it on the host",
                        "write the host's under 'x-host.docker.version'");
            } else if (host.get().minor() < need.since.minor()) {
                report.error(
                        need.at,
                        what,
                        "'x-host.docker.version' allows one of API " + host.get(),
                        "remove it, or write the later one that the host has there");
            }
        }
    }
}
