package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import java.io.IOException;

/// Makes what containers share, where it is not there yet. Never takes away what holds data or is in use.
public final class Ensurer {
    private final Engine engine;
    private final Reporter reporter;

    public Ensurer(Engine engine, Reporter reporter) {
        this.engine = engine;
        this.reporter = reporter;
    }

    /// Sees to it that the network is there as defined. One of ours that is defined anew is made again.
    ///
    /// @throws PolicyException if its name belongs to a network that is not ours
    /// @throws EngineRefusedException if it is external and absent, or changed and in use
    public void ensure(NetworkDefinition network) throws IOException {
        var found = engine.find("/networks/" + network.name());
        if (network.external()) {
            require(found.isPresent(), "network", network.name().value());
            return;
        }
        if (found.isPresent()) {
            var present = Fields.mapping(found.get());
            refuseForeign(present, network);
            if (sameDefinition(present, network.create())) {
                return;
            }
            refuseInUse(present, network);
            reporter.report("making the network " + network.name() + " again, as its definition changed");
            engine.delete("/networks/" + Fields.text(present, "Id"));
        }
        ApiFit.refuseUnlessKnown(network.create(), ApiNeed.OF_NETWORKS, engine);
        engine.post("/networks/create", network.create());
    }

    /// Sees to it that the volume is there. One that is there is kept, whatever its definition: it holds data.
    ///
    /// @throws EngineRefusedException if it is external and absent
    public void ensure(VolumeDefinition volume) throws IOException {
        var found = engine.find("/volumes/" + volume.name());
        if (volume.external()) {
            require(found.isPresent(), "volume", volume.name().value());
        } else if (found.isEmpty()) {
            engine.post("/volumes/create", volume.create());
        } else {
            var present = Fields.mapping(found.get());
            if (!isOurs(present, volume.create())) {
                reporter.report("the volume " + volume.name() + " was not made by hostseed; using it as it is");
            } else if (!sameDefinition(present, volume.create())) {
                reporter.report("the volume " + volume.name()
                        + " was made by another definition; keeping it as it is, since it holds data");
            }
        }
    }

    private static void require(boolean present, String kind, String name) throws EngineRefusedException {
        if (!present) {
            throw new EngineRefusedException(
                    404, "the external " + kind + " " + name + " does not exist; docker " + kind + " create makes it");
        }
    }

    private static void refuseForeign(Data.Mapping present, NetworkDefinition network) throws IOException {
        if (!isOurs(present, network.create())) {
            throw new PolicyException("the name '" + network.name() + "' belongs to network "
                    + Fields.text(present, "Id").substring(0, 12)
                    + ", which hostseed did not make for this project; remove it, or declare it external");
        }
    }

    private static void refuseInUse(Data.Mapping present, NetworkDefinition network) throws EngineRefusedException {
        var containers = Fields.findMapping(present, "Containers");
        if (containers != null && !containers.entries().isEmpty()) {
            throw new EngineRefusedException(
                    409,
                    "the definition of the network " + network.name() + " changed, but "
                            + containers.entries().size()
                            + " containers use it; stop them first");
        }
    }

    private static boolean isOurs(Data.Mapping present, Data.Mapping create) {
        return Labels.find(present, Labels.PROJECT).equals(Labels.find(create, Labels.PROJECT));
    }

    private static boolean sameDefinition(Data.Mapping present, Data.Mapping create) {
        return Labels.find(present, Labels.CONFIG).equals(Labels.find(create, Labels.CONFIG));
    }
}
