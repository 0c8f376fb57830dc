package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.Health;
import dev.hostseed.core.host.Hooks;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Process;
import dev.hostseed.core.host.Process.Words;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The part of a create body that belongs to the container itself and not to the host.
final class CreateBody {
    private CreateBody() {}

    static Data.Mapping of(Project project, Service service, String unit) {
        var body = ofImage(service.image(), service.process());
        for (var setting : service.engine().container().entries().entrySet()) {
            body = body.with(setting.getKey(), setting.getValue());
        }
        return withProcess(body, service.process())
                .withUnlessEmpty("ExposedPorts", exposed(service))
                .withUnlessEmpty("Healthcheck", healthcheck(service.health()))
                .with("Labels", labels(project, service, unit));
    }

    /// That of a step before `service`: no check of health, which would be that of the image.
    static Data.Mapping of(Project project, Service service, Hooks.Step step, String unit) {
        return withProcess(ofImage(step.image(), step.process()), step.process())
                .with("Healthcheck", healthcheck(new Health.Disabled()))
                .with("Labels", labels(project, service, unit));
    }

    private static Data.Mapping ofImage(ImageReference image, Process process) {
        var body = Data.mapping().with("Image", image.tagged());
        if (process.entrypoint() instanceof Words.Written(var words)) {
            // One empty word clears the image's entrypoint; no word at all would leave it.
            body = body.with("Entrypoint", Data.texts(words.isEmpty() ? List.of("") : words));
        }
        return process.command() instanceof Words.Written(var words) ? body.with("Cmd", Data.texts(words)) : body;
    }

    private static Data.Mapping withProcess(Data.Mapping body, Process process) {
        return body.withUnlessEmpty("Env", environment(process.environment()))
                .withUnlessEmpty("User", new Data.Text(process.user()))
                .withUnlessEmpty("WorkingDir", new Data.Text(process.workingDirectory()));
    }

    static Data.Sequence environment(Map<String, String> environment) {
        var lines = new ArrayList<String>();
        environment.forEach((name, value) -> lines.add(name + "=" + value));
        return Data.texts(lines);
    }

    private static Data.Mapping labels(Project project, Service service, String unit) {
        return Data.texts(service.labels())
                .with(Labels.PROJECT, project.name().value())
                .with(Labels.SERVICE, service.name().value())
                .with(Labels.OBJECT_SYSTEMD_UNIT, unit);
    }

    private static Data.Mapping exposed(Service service) {
        var exposed = new TreeMap<String, Data>();
        if (service.engine().container().entries().get("ExposedPorts") instanceof Data.Mapping(var ports)) {
            exposed.putAll(ports);
        }
        for (var port : service.connections().ports()) {
            exposed.put(port.exposed(), Data.mapping());
        }
        return new Data.Mapping(exposed);
    }

    private static Data.Mapping healthcheck(Health health) {
        return switch (health) {
            case Health.Inherited() -> Data.mapping();
            case Health.Disabled() -> Data.mapping().with("Test", Data.texts(List.of("NONE")));
            case Health.Check(var test, var interval, var timeout, var retries, var startPeriod, var startInterval) -> {
                var body = Data.mapping().withUnlessEmpty("Test", Data.texts(test));
                body = withTime(body, "Interval", interval);
                body = withTime(body, "Timeout", timeout);
                body = retries == 0 ? body : body.with("Retries", retries);
                body = withTime(body, "StartPeriod", startPeriod);
                yield withTime(body, "StartInterval", startInterval);
            }
        };
    }

    private static Data.Mapping withTime(Data.Mapping body, String key, Duration time) {
        return time.isZero() ? body : body.with(key, time.toNanos());
    }
}
