package dev.hostseed.cli.build;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.image.Inspection;
import java.util.List;
import java.util.stream.Stream;

/// What is in a bundle, for programs.
final class InspectionJson {
    private InspectionJson() {}

    static Data.Mapping of(Inspection inspection) {
        var lock = inspection.lock();
        return Data.mapping()
                .with("project", lock.project().value())
                .with("version", lock.version())
                .with(
                        "scan",
                        Data.mapping()
                                .with("rules", lock.scan().rules())
                                .with("allowed", lock.scan().allowed().size()))
                .with("signatures", Data.texts(inspection.signatures()))
                .with("images", list(inspection.images().stream().map(InspectionJson::image)))
                .with("layers", list(inspection.layers().stream().map(InspectionJson::layer)))
                .with("sizeApart", inspection.apart())
                .with("size", inspection.together())
                .with("stored", inspection.stored());
    }

    private static Data.Mapping image(Inspection.Image image) {
        var shared = image.sharedWith().entrySet().stream()
                .map(one -> Data.mapping()
                        .with("reference", one.getKey().toString())
                        .with("layers", one.getValue()));
        return Data.mapping()
                .with("reference", image.locked().reference().toString())
                .with("registry", image.locked().registry())
                .with("platform", image.locked().platform().toString())
                .with("config", image.locked().config().digest().value())
                .with("manifest", image.locked().manifest().digest().value())
                .with("layers", Data.texts(digests(image)))
                .with("sharedWith", list(shared))
                .with("size", image.size())
                .with("own", image.own())
                .with("stored", image.stored());
    }

    private static List<String> digests(Inspection.Image image) {
        return image.layers().stream()
                .map(layer -> layer.locked().plain().digest().value())
                .toList();
    }

    private static Data.Mapping layer(Inspection.Layer layer) {
        return Data.mapping()
                .with("digest", layer.locked().plain().digest().value())
                .with("size", layer.locked().plain().size())
                .with("blob", layer.locked().stored().digest().value())
                .with("stored", layer.locked().stored().size())
                .with("createdBy", layer.createdBy())
                .with(
                        "images",
                        Data.texts(layer.in().stream().map(Object::toString).toList()));
    }

    private static Data list(Stream<Data.Mapping> items) {
        return new Data.Sequence(List.copyOf(items.toList()));
    }
}
