package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A container in the Engine, under the name of its definition. Never touches one that was not made for its service.
final class Container {
    private static final int REMOVAL_TRIES = 20;

    private final ContainerDefinition definition;
    private final Engine engine;
    private final Reporter reporter;

    Container(ContainerDefinition definition, Engine engine, Reporter reporter) {
        this.definition = definition;
        this.engine = engine;
        this.reporter = reporter;
    }

    Optional<Inspection> find() throws IOException {
        var reply = engine.find("/containers/" + definition.name() + "/json");
        return reply.isEmpty() ? Optional.empty() : Optional.of(Inspection.of(reply.get()));
    }

    /// Makes the container and gives it all its networks. If that fails, there is no container.
    ///
    /// @param wanted the create body of the definition, or one with more in it
    /// @throws EngineRefusedException also if the Engine does not know some of what is defined, and would drop it
    void create(Data.Mapping wanted) throws IOException {
        var body = ApiFit.container(withClearedCommand(wanted), engine);
        for (var endpoint : definition.endpoints()) {
            ApiFit.refuseUnlessKnown(endpoint.config(), ApiNeed.OF_ENDPOINTS, engine);
        }
        var reply = Fields.mapping(engine.post("/containers/create?name=" + definition.name(), body));
        if (reply.entries().get("Warnings") instanceof Data.Sequence(var warnings)) {
            for (var warning : warnings) {
                reporter.report("the Docker Engine warns: " + Fields.text(warning));
            }
        }
        try {
            for (var endpoint : definition.endpoints()) {
                engine.post(
                        "/networks/" + endpoint.network() + "/connect",
                        Data.mapping()
                                .with("Container", definition.name().value())
                                .with("EndpointConfig", endpoint.config()));
            }
        } catch (IOException failure) {
            throw afterRemoval(failure);
        }
    }

    /// Starts the container. If that fails, there is no container.
    void start() throws IOException {
        try {
            engine.post("/containers/" + definition.name() + "/start", Data.Null.NULL);
        } catch (EngineRefusedException failure) {
            throw afterRemoval(failure);
        }
    }

    /// Stops what runs, as its definition says, and removes it.
    void stopAndRemove() throws IOException {
        var patient = engine.withIdleTimeout(definition.grace().plusSeconds(60));
        patient.post(
                "/containers/" + definition.name() + "/stop?t="
                        + definition.grace().toSeconds(),
                Data.Null.NULL);
        remove();
    }

    /// Kills the container if it runs and removes it with its volumes without a name. Tries again while the Engine is
    /// still at an earlier removal.
    ///
    /// @throws PolicyException if it is not ours
    void remove() throws IOException {
        for (var tries = 1; ; tries++) {
            var found = find();
            if (found.isEmpty()) {
                return;
            }
            refuseForeign(found.get());
            try {
                engine.delete("/containers/" + found.get().id() + "?force=1&v=1");
                return;
            } catch (EngineRefusedException busy) {
                if (tries == REMOVAL_TRIES) {
                    throw busy;
                }
            }
            Pause.of(Duration.ofMillis(Math.min(1000, 50L << tries)));
        }
    }

    void signal(String signal) throws IOException {
        engine.post("/containers/" + definition.name() + "/kill?signal=" + signal, Data.Null.NULL);
    }

    void refuseForeign(Inspection found) throws PolicyException {
        if (!found.isOf(definition)) {
            throw new PolicyException("the name '" + definition.name() + "' belongs to container "
                    + found.id().substring(0, Math.min(12, found.id().length()))
                    + ", which hostseed did not make for this service; remove or rename it");
        }
    }

    /// The Engine takes an empty command for none, and puts the image's in its place unless the entrypoint is
    /// written. So the image's entrypoint is written.
    ///
    /// Rule: Compose Specification, "command".
    private Data.Mapping withClearedCommand(Data.Mapping create) throws IOException {
        var cleared = create.entries().get("Cmd") instanceof Data.Sequence(var words) && words.isEmpty();
        if (!cleared || create.entries().containsKey("Entrypoint")) {
            return create;
        }
        var image = engine.find("/images/" + Fields.text(create, "Image") + "/json");
        var config = image.isEmpty() ? null : Fields.findMapping(Fields.mapping(image.get()), "Config");
        var inherited = config == null ? Data.Null.NULL : config.entries().get("Entrypoint");
        return create.with("Entrypoint", inherited instanceof Data.Sequence ? inherited : Data.texts(List.of("")));
    }

    private IOException afterRemoval(IOException failure) {
        try {
            remove();
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
        return failure;
    }
}
