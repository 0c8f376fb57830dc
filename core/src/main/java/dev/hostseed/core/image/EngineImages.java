package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What an Engine has. Its image store is the classic one, where an image's id is its config's digest, or containerd's,
/// where it is its manifest's. So an id tells the store, too.
final class EngineImages {
    private static final int API_OF_AVAILABLE = 48;

    private final Engine engine;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>(); // an id stands for the same for ever

    EngineImages(Engine engine) {
        this.engine = engine;
    }

    /// Whether the Engine can tell if all blobs of an image are there, so that [#has] and [#hasNamed] look at that.
    boolean tellsWhatIsAvailable() throws IOException {
        return engine.speaks(API_OF_AVAILABLE);
    }

    /// Whether the image is there under its own name: id, layers and platform.
    boolean hasNamed(LockedImage image) throws IOException {
        return !idOf(image, image.reference().tagged()).isEmpty();
    }

    /// Whether the image is there, under whatever name.
    boolean has(LockedImage image) throws IOException {
        return !find(image).isEmpty();
    }

    /// Gives `image` its name; whether it was there.
    boolean tag(LockedImage image) throws IOException {
        var id = find(image);
        if (id.isEmpty()) {
            return false;
        }
        var name = image.reference().name();
        var tag = image.reference().tagged().substring(name.length() + 1);
        engine.post(
                "/images/" + id + "/tag?repo=" + URLEncoder.encode(name, UTF_8) + "&tag="
                        + URLEncoder.encode(tag, UTF_8),
                Data.Null.NULL);
        return true;
    }

    /// @throws EngineRefusedException unless the image is there under its own name
    void requireNamed(LockedImage image) throws IOException {
        if (!hasNamed(image)) {
            throw new EngineRefusedException(
                    200, "the Engine said that it loaded " + image.reference() + ", but shows another image or none");
        }
    }

    /// Removes what a failed load has left under the image's name: containerd's store lists an image that it could not
    /// unpack.
    void removeBroken(LockedImage image) throws IOException {
        var named = engine.find("/images/" + image.reference().tagged() + "/json");
        if (named.isPresent()
                && ids(image).contains(fields("image", named.get()).text("Id"))) {
            engine.delete("/images/" + image.reference().tagged());
        }
    }

    /// Each image that is there.
    List<Present> all() throws IOException {
        var all = new ArrayList<Present>();
        for (var listed : list(engine, "/images/json")) {
            all.add(present(listed));
        }
        return all;
    }

    /// Removes the images that stood for lower layers of `images`, also those that an interrupted load left: now the
    /// images themselves keep these layers.
    void removeParts(List<LockedImage> images) throws IOException {
        for (var part : parts()) {
            if (part.isBelowAny(images)) {
                remove(part);
            }
        }
    }

    /// The images that only carry layers for others.
    List<Present> parts() throws IOException {
        var parts = new ArrayList<Present>();
        for (var listed : labelled(engine, "/images/json?", LoadStream.PART)) {
            var present = present(listed);
            if (present.isPart()) {
                parts.add(present);
            }
        }
        return parts;
    }

    private Present present(Fields listed) throws IOException {
        var names = listed.texts("RepoTags");
        names.remove("<none>:<none>"); // as Docker 20.10 writes none
        var isPart = names.isEmpty() && listed.innerOrEmpty("Labels").has(LoadStream.PART);
        var image = shown(listed.text("Id"));
        return new Present(listed.text("Id"), image.layers(), image.overlay(), isPart);
    }

    /// Whether `part` is removed: what a container was made of stays.
    boolean remove(Present part) throws IOException {
        try {
            engine.delete("/images/" + part.id() + "?noprune=1");
            return true;
        } catch (EngineRefusedException used) {
            if (used.status() != 409) {
                throw used;
            }
            return false;
        }
    }

    /// An image that is there.
    ///
    /// @param layers by their diff ids, from the lowest
    /// @param overlay as of [EngineDisk#overlay]
    /// @param isPart whether it only carries layers for others; what somebody gave a name is theirs
    record Present(String id, List<String> layers, Optional<Path> overlay, boolean isPart) {
        /// How many layers of `image` this one has as its own, from the lowest.
        int depthOf(LockedImage image) {
            return LoadPlan.common(layers, diffIds(image));
        }

        /// Whether all its layers are the lowest of one of `images`.
        boolean isBelowAny(List<LockedImage> images) {
            return images.stream().anyMatch(image -> depthOf(image) == layers.size());
        }
    }

    private static List<String> diffIds(LockedImage image) {
        return image.layers().stream()
                .map(layer -> layer.plain().digest().value())
                .toList();
    }

    /// What the Engine lists at `target` and what has the label `label`.
    ///
    /// @param target to which a parameter can be added
    static List<Fields> labelled(Engine engine, String target, String label) throws IOException {
        var labelled = new ArrayList<Fields>();
        for (var listed :
                list(engine, target + "filters=" + URLEncoder.encode("{\"label\":[\"" + label + "\"]}", UTF_8))) {
            if (listed.innerOrEmpty("Labels").has(label)) { // an Engine that knows no such filter lists all
                labelled.add(listed);
            }
        }
        return labelled;
    }

    private static List<Fields> list(Engine engine, String target) throws IOException {
        var all = new ArrayList<Fields>();
        if (engine.find(target).orElse(Data.Null.NULL) instanceof Data.Sequence(var listed)) {
            for (var one : listed) {
                all.add(fields(target, one));
            }
        }
        return all;
    }

    /// What the Engine shows of an id.
    private record Shown(List<String> layers, Optional<Path> overlay) {
        private static final Shown NOTHING = new Shown(List.of(), Optional.empty());
    }

    private Shown shown(String id) throws IOException {
        var known = shown.get(id);
        if (known != null) {
            return known;
        }
        var found = engine.find("/images/" + id + "/json"); // nothing if it was removed since it was listed
        var now = found.isPresent() ? shown(fields("image", found.get())) : Shown.NOTHING;
        shown.put(id, now);
        return now;
    }

    private static Shown shown(Fields image) throws IOException {
        return new Shown(layers(image), EngineDisk.overlay(image));
    }

    /// The id of the image, under whatever name; empty if it is not there.
    String find(LockedImage image) throws IOException {
        for (var id : ids(image)) {
            var found = idOf(image, id);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    private static List<String> ids(LockedImage image) {
        return List.of(
                image.config().digest().value(), image.manifest().digest().value());
    }

    /// The id of what is called `name`, if that is `image`; otherwise nothing.
    private String idOf(LockedImage image, String name) throws IOException {
        var available = tellsWhatIsAvailable();
        var found = engine.find("/images/" + name + "/json" + (available ? "?manifests=1" : ""));
        if (found.isEmpty()) {
            return "";
        }
        var fields = fields(name, found.get());
        var is = ids(image).contains(fields.text("Id"))
                && fields.textOrEmpty("Os").equals(image.platform().os())
                && fields.textOrEmpty("Architecture").equals(image.platform().architecture())
                && layers(fields).equals(diffIds(image))
                && isAvailable(fields);
        return is ? fields.text("Id") : "";
    }

    /// Only containerd's store has manifests, and an image whose blobs are not all there.
    private static boolean isAvailable(Fields image) {
        if (image.mapping().entries().get("Manifests") instanceof Data.Sequence(var manifests)) {
            return manifests.stream()
                    .noneMatch(manifest -> manifest instanceof Data.Mapping one
                            && new Data.Truth(false).equals(one.entries().get("Available")));
        }
        return true;
    }

    private static List<String> layers(Fields image) throws IOException {
        return image.innerOrEmpty("RootFS").texts("Layers");
    }

    static Fields fields(String of, Data data) throws IOException {
        if (data instanceof Data.Mapping mapping) {
            return new Fields(of, mapping);
        }
        throw new IOException("the Docker Engine answers " + of + " with something else than an object");
    }
}
