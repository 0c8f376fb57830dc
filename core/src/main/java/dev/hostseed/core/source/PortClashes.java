package dev.hostseed.core.source;

import dev.hostseed.core.host.Connections.Port;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.problem.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Ports of the host that two containers want.
final class PortClashes {
    private PortClashes() {}

    static void tell(ProjectDraft project, Report report) {
        Map<String, List<Map.Entry<ServiceName, Port>>> taken = new HashMap<>();
        for (var service : project.services.values()) {
            for (var port : service.ports) {
                var own = port.value();
                if (own.published() == 0) {
                    continue;
                }
                var same = taken.computeIfAbsent(own.published() + "/" + own.protocol(), k -> new ArrayList<>());
                same.stream()
                        .filter(other -> overlap(other.getValue().hostIp(), own.hostIp()))
                        .findFirst()
                        .ifPresent(other -> report.error(
                                port.at(),
                                "port " + own.published() + " of the host is already that of '" + other.getKey() + "'",
                                "the one that starts later would fail",
                                "publish another one"));
                same.add(Map.entry(service.name.value(), own));
            }
        }
    }

    private static boolean overlap(String a, String b) {
        return a.equals(b) || isEvery(a, b) || isEvery(b, a);
    }

    private static boolean isEvery(String ip, String other) {
        var otherIsIpv6 = other.contains(":");
        return ip.isEmpty()
                || (ip.equals("0.0.0.0") && !otherIsIpv6)
                || (ip.equals("::") && (otherIsIpv6 || other.isEmpty()));
    }
}
