package dev.hostseed.core.source;

import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.problem.Code;
import java.util.HashMap;
import java.util.Map;

/// Services whose units would take the names of units that the project has anyway.
///
/// Rule: `dev.hostseed.systemd.unit.UnitNames`, which refuses the same without a position.
final class OwnNames {
    /// Rule: systemd.unit(5).
    private static final int LONGEST_UNIT = 255;

    private OwnNames() {}

    static void check(ProjectDraft project, Scope scope) {
        var ours = ours(project);
        project.services.forEach((name, service) -> {
            var at = service.name.at();
            var unit = ours.get(name.value());
            if (unit != null) {
                scope.report()
                        .error(at, "the service '" + name + "' would take the name of " + unit, "choose another name");
            }
            if (sliceLength(scope.project(), service) > LONGEST_UNIT) {
                scope.report()
                        .as(Code.N03)
                        .error(
                                at,
                                "the names of the project and of the service '" + name + "' are too long for a unit",
                                "each '-' counts four times",
                                "shorten one of them");
            }
        });
    }

    private static Map<String, String> ours(ProjectDraft project) {
        var ours = new HashMap<String, String>();
        ours.put("images", "the unit that loads the images");
        ours.put("prepare", "the unit that runs commands before the services");
        Checks.usedNetworks(project)
                .forEach(key -> ours.put("network-" + key, "the unit of the network '" + key + "'"));
        Checks.usedVolumes(project).forEach(key -> ours.put("volume-" + key, "the unit of the volume '" + key + "'"));
        return ours;
    }

    /// That of the last replica, if there are several.
    private static int sliceLength(ProjectName project, ServiceDraft service) {
        var number = service.count() > 1 ? 1 + Integer.toString(service.count()).length() : 0;
        var name = service.name.value().value();
        return escapedLength(project.value()) + 1 + escapedLength(name) + number + ".slice".length();
    }

    /// Rule: systemd-escape(1).
    private static int escapedLength(String name) {
        var hyphens = (int) name.chars().filter(c -> c == '-').count();
        return name.length() + 3 * hyphens + (name.startsWith(".") ? 3 : 0);
    }
}
