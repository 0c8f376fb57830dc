package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What an Engine has. Its image store is the classic one, where an image's id is its config's digest, or containerd's,
/// where it is the manifest's.
final class EngineImages {
    private final Engine engine;
    private final boolean containerd;
    private final List<Lock> earlier;
    private final Map<String, List<String>> layersById = new ConcurrentHashMap<>(); // an id stands for them for ever

    private EngineImages(Engine engine, boolean containerd, List<Lock> earlier) {
        this.engine = engine;
        this.containerd = containerd;
        this.earlier = List.copyOf(earlier);
    }

    /// @param earlier locks of what may have been loaded into this Engine, the present one among them
    static EngineImages of(Engine engine, List<Lock> earlier) throws IOException {
        var info = fields("/info", engine.find("/info").orElse(Data.Null.NULL));
        return new EngineImages(engine, usesContainerd(info), earlier);
    }

    /// The id that the Engine gives to `image`.
    String id(LockedImage image) {
        return (containerd ? image.loaded() : image.config().digest()).value();
    }

    /// Whether the image is there under its own name: id, layers and platform.
    boolean hasNamed(LockedImage image) throws IOException {
        return isExact(image, image.reference().tagged());
    }

    /// Whether the image is there, under whatever name.
    boolean has(LockedImage image) throws IOException {
        return isExact(image, id(image));
    }

    /// Gives `image`, which is there, its name.
    void tag(LockedImage image) throws IOException {
        var name = image.reference().name();
        var tag = image.reference().tagged().substring(name.length() + 1);
        engine.post(
                "/images/" + id(image) + "/tag?repo=" + URLEncoder.encode(name, UTF_8) + "&tag="
                        + URLEncoder.encode(tag, UTF_8),
                Data.Null.NULL);
    }

    /// Removes what a failed load has left under the image's name: containerd's store lists an image that it could not
    /// unpack.
    void removeBroken(LockedImage image) throws IOException {
        var named = engine.find("/images/" + image.reference().tagged() + "/json");
        if (named.isPresent() && fields("image", named.get()).text("Id").equals(id(image))) {
            engine.delete("/images/" + image.reference().tagged());
        }
    }

    /// The layers of `image` that the Engine lacks, by their plain digest: of those that it has, nothing need be sent.
    Set<Digest> lacking(LockedImage image) throws IOException {
        var plain = image.layers().stream().map(layer -> layer.plain().digest()).toList();
        if (containerd) {
            var lacking = new HashSet<>(plain);
            lacking.removeAll(blobs());
            return lacking;
        }
        return Set.copyOf(plain.subList(depthOfKnownChain(plain), plain.size()));
    }

    /// The classic store keeps a layer by all that is below it, so only a common beginning counts.
    private int depthOfKnownChain(List<Digest> plain) throws IOException {
        var depth = 0;
        for (var listed : list()) {
            var layers = layersOf(listed);
            var common = 0;
            while (common < Math.min(layers.size(), plain.size())
                    && layers.get(common).equals(plain.get(common).value())) {
                common++;
            }
            depth = Math.max(depth, common);
        }
        return depth;
    }

    /// Containerd's store keeps layers as they came, so a pulled image helps nobody: only what was loaded by us, with
    /// plain layers, is known to be there.
    private Set<Digest> blobs() throws IOException {
        var blobs = new HashSet<Digest>();
        for (var lock : earlier) {
            for (var image : lock.images()) {
                if (has(image)) {
                    image.layers().forEach(layer -> blobs.add(layer.plain().digest()));
                }
            }
        }
        return blobs;
    }

    private List<String> list() throws IOException {
        var ids = new ArrayList<String>();
        if (engine.find("/images/json").orElse(Data.Null.NULL) instanceof Data.Sequence(var images)) {
            for (var image : images) {
                ids.add(fields("/images/json", image).text("Id"));
            }
        }
        return ids;
    }

    private List<String> layersOf(String id) throws IOException {
        var known = layersById.get(id);
        if (known != null) {
            return known;
        }
        var found = engine.find("/images/" + id + "/json"); // nothing if it was removed since it was listed
        var layers = found.isPresent() ? layers(found.get()) : List.<String>of();
        layersById.put(id, layers);
        return layers;
    }

    private boolean isExact(LockedImage image, String name) throws IOException {
        var found = engine.find("/images/" + name + "/json");
        if (found.isEmpty()) {
            return false;
        }
        var fields = fields(name, found.get());
        return fields.text("Id").equals(id(image))
                && fields.textOrEmpty("Os").equals(image.platform().os())
                && fields.textOrEmpty("Architecture").equals(image.platform().architecture())
                && layers(found.get())
                        .equals(image.layers().stream()
                                .map(layer -> layer.plain().digest().value())
                                .toList());
    }

    private static List<String> layers(Data image) throws IOException {
        return image instanceof Data.Mapping mapping
                ? new Fields("image", mapping).innerOrEmpty("RootFS").texts("Layers")
                : List.of();
    }

    static boolean usesContainerd(Fields info) {
        return info.mapping().entries().get("DriverStatus") instanceof Data.Sequence(var pairs)
                && pairs.contains(Data.texts(List.of("driver-type", "io.containerd.snapshotter.v1")));
    }

    private static Fields fields(String of, Data data) throws IOException {
        if (data instanceof Data.Mapping mapping) {
            return new Fields(of, mapping);
        }
        throw new IOException("the Docker Engine answers " + of + " with something else than an object");
    }
}
