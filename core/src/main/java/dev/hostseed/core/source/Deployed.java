package dev.hostseed.core.source;

import dev.hostseed.core.problem.Report;

/// `deploy` and the keys that say the same: where both are written they have to agree, and after that they are one.
/// `restart` is the exception, which `deploy` beats.
///
/// Rule: compose-go, `loader/validate.go`; docker/compose, `pkg/compose/create.go`.
final class Deployed {
    private Deployed() {}

    static void settle(ServiceDraft service, Report report) {
        scale(service, report);
        service.deployed.values().forEach(resource -> settle(resource, service, report));
        restart(service, report);
    }

    private static void scale(ServiceDraft service, Report report) {
        service.scale.ifPresent(scale -> service.replicas
                .filter(replicas -> !replicas.value().equals(scale.value()))
                .ifPresent(replicas -> report.error(
                        replicas.at(),
                        "'scale' is " + scale.value() + " and 'deploy.replicas' is " + replicas.value(),
                        "write one of them")));
    }

    private static void settle(DeployKeys.Resource resource, ServiceDraft service, Report report) {
        var own = service.host.putIfAbsent(resource.member(), resource.value());
        if (own != null && !own.equals(resource.value())) {
            report.error(
                    resource.at(),
                    "'deploy' says otherwise than '" + resource.key() + "'",
                    "write one of them, or the same in both");
        }
        service.written.putIfAbsent(resource.key(), resource.at());
    }

    private static void restart(ServiceDraft service, Report report) {
        service.deployedRestart.ifPresent(policy -> {
            var at = service.written.get("restart");
            if (at != null) {
                report.warn(at, "'restart' beside 'deploy.restart_policy', ignoring", "remove one of them");
            }
            service.restart = policy.value();
        });
    }
}
