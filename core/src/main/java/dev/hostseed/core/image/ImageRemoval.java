package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.image.LoadRecord.Brought;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes images out of an Engine: by their id, and never by force.
record ImageRemoval(Engine engine) {
    /// An image that the Engine has.
    ///
    /// @param names that it has now
    /// @param size in bytes, with all layers
    record Present(String id, List<String> names, long size) {}

    /// `image`, if the Engine has it. Its id is that of one store or the other, and no image has both.
    Optional<Present> find(Brought image) throws IOException {
        for (var digest : List.of(image.config(), image.loaded())) {
            if (engine.find("/images/" + digest + "/json").orElse(Data.Null.NULL) instanceof Data.Mapping found) {
                var fields = new Fields("image", found);
                var size = found.entries().get("Size") instanceof Data.Whole(var bytes) ? bytes : 0;
                return Optional.of(new Present(fields.text("Id"), fields.texts("RepoTags"), size));
            }
        }
        return Optional.empty();
    }

    /// What containers, running or not, are made of or have mounted: ids, and names of images that are mounted.
    Set<String> inUse() throws IOException {
        var used = new HashSet<String>();
        if (engine.find("/containers/json?all=1").orElse(Data.Null.NULL) instanceof Data.Sequence(var containers)) {
            for (var container : containers) {
                if (container instanceof Data.Mapping mapping) {
                    var fields = new Fields("container", mapping);
                    used.add(fields.textOrEmpty("ImageID"));
                    addMounted(fields, used);
                }
            }
        }
        return used;
    }

    private static void addMounted(Fields container, Set<String> used) throws IOException {
        if (container.mapping().entries().get("Mounts") instanceof Data.Sequence(var mounts)) {
            for (var mount : mounts) {
                if (mount instanceof Data.Mapping mapping
                        && mapping.entries().get("Type") instanceof Data.Text(var type)
                        && type.equals("image")) {
                    used.add(new Fields("mount", mapping).textOrEmpty("Source"));
                    used.add(new Fields("mount", mapping).textOrEmpty("Name"));
                }
            }
        }
    }

    static boolean uses(Set<String> used, Brought image, Present present) {
        return used.contains(present.id())
                || used.contains(image.config().value())
                || used.contains(image.loaded().value())
                || present.names().stream().anyMatch(used::contains);
    }

    /// Takes every name from the image, and then the image itself; images below it stay.
    ///
    /// @throws dev.hostseed.core.engine.EngineRefusedException if it is in use
    void remove(Present image) throws IOException {
        for (var name : image.names().subList(0, Math.max(0, image.names().size() - 1))) {
            engine.delete("/images/" + name + "?noprune=1");
        }
        engine.delete("/images/" + image.id() + "?noprune=1");
    }
}
