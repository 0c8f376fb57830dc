package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Images that have layers in common, in each way that there is. Equal generators give equal families.
///
/// @param members each under a name of its own
record ImageFamily(List<Member> members) {
    static final ImageFamily NONE = new ImageFamily(List.of());

    /// Above it the classic store says "max depth exceeded".
    private static final int MOST_LAYERS = 125;

    /// In bytes: above what the loader sends in one step.
    private static final int LARGE = (32 << 20) + 100_000;

    ImageFamily {
        members = List.copyOf(members);
    }

    /// A layer's tar.
    record Layer(Digest digest, byte[] tar) {
        static Layer of(byte[] tar) {
            return new Layer(Digest.of(tar), tar);
        }
    }

    /// An image under a name. Equal `command` and layers give equal ids.
    record Member(String reference, String command, List<Layer> layers) {
        List<String> diffIds() {
            return layers.stream().map(layer -> layer.digest().value()).toList();
        }

        byte[] config() {
            return Json.compact(Data.mapping()
                    .with("architecture", TestBundles.HERE.architecture())
                    .with("os", TestBundles.HERE.os())
                    .with("config", Data.mapping().with("Cmd", Data.texts(List.of(command))))
                    .with("rootfs", Data.mapping().with("type", "layers").with("diff_ids", Data.texts(diffIds()))));
        }
    }

    /// How an image comes from one that is there.
    private enum Kinship {
        STRANGER,
        CHILD,
        BRANCH,
        WITHIN,
        TWICE_THE_LAYER,
        OTHER_PARENT,
        EMPTY_LAYER,
        OTHER_CONFIG,
        OTHER_NAME,
        HIGHEST
    }

    /// One image of each kind of kinship at least, in any order; not always one of as many layers as can be, because
    /// that takes its time.
    static ImageFamily random(Random random) throws IOException {
        var kinships = new ArrayList<>(List.of(Kinship.values()));
        kinships.remove(Kinship.HIGHEST);
        for (var i = 0; i < 3; i++) {
            kinships.add(kinships.get(random.nextInt(kinships.size())));
        }
        if (random.nextInt(3) == 0) {
            kinships.add(Kinship.HIGHEST);
        }
        Collections.shuffle(kinships, random);
        var family = new Generator(random);
        family.add(Kinship.STRANGER);
        for (var kinship : kinships) {
            family.add(kinship);
        }
        return new ImageFamily(family.members);
    }

    /// An earlier release: not all of the images, and what is now some image's name was another's then.
    ImageFamily earlier(Random random) {
        var earlier = new ArrayList<Member>();
        for (var member : members) {
            if (random.nextBoolean()) {
                var then = random.nextInt(3) == 0 ? members.get(random.nextInt(members.size())) : member;
                earlier.add(new Member(member.reference(), then.command(), then.layers()));
            }
        }
        return new ImageFamily(earlier.isEmpty() ? members.subList(0, 1) : earlier);
    }

    /// Writes a docker-archive, each layer once.
    void write(Path archive) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 20)) {
            var tar = new TarWriter(out);
            var written = new HashSet<String>();
            for (var member : members) {
                if (written.add(nameOfConfig(member))) {
                    tar.file(nameOfConfig(member), member.config());
                }
                for (var layer : member.layers()) {
                    if (written.add(nameOf(layer))) {
                        tar.file(nameOf(layer), layer.tar());
                    }
                }
            }
            var manifest = members.stream().map(ImageFamily::entry).toList();
            tar.file("manifest.json", Json.compact(new Data.Sequence(manifest)));
            tar.end();
        }
    }

    private static Data entry(Member member) {
        return Data.mapping()
                .with("Config", nameOfConfig(member))
                .with("RepoTags", Data.texts(List.of(member.reference())))
                .with(
                        "Layers",
                        Data.texts(member.layers().stream()
                                .map(ImageFamily::nameOf)
                                .toList()));
    }

    private static String nameOfConfig(Member member) {
        return Digest.of(member.config()).hex() + ".json";
    }

    private static String nameOf(Layer layer) {
        return layer.digest().hex() + "/layer.tar";
    }

    /// In bytes of plain layers, each once on each parent: what the classic store cannot do without.
    long chainBytes() {
        var seen = new HashSet<List<String>>();
        var bytes = 0L;
        for (var member : members) {
            for (var depth = 1; depth <= member.layers().size(); depth++) {
                if (seen.add(member.diffIds().subList(0, depth))) {
                    bytes += member.layers().get(depth - 1).tar().length;
                }
            }
        }
        return bytes;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var member : members) {
            text.append(member.reference()).append(' ').append(member.command()).append(':');
            var layers = member.layers();
            for (var layer : layers.subList(0, Math.min(10, layers.size()))) {
                text.append(' ').append(layer.digest().hex(), 0, 6);
                text.append('/').append(layer.tar().length);
            }
            text.append(layers.size() > 10 ? " … %d layers%n".formatted(layers.size()) : System.lineSeparator());
        }
        return text.toString();
    }

    private static final class Generator {
        private final Random random;
        private final List<Member> members = new ArrayList<>();
        private int layers;
        private int large = 2;

        Generator(Random random) {
            this.random = random;
        }

        void add(Kinship kinship) throws IOException {
            var reference = "family/" + kinship.name().toLowerCase(Locale.ROOT) + ":" + members.size();
            if (members.isEmpty() || kinship == Kinship.STRANGER) {
                members.add(new Member(reference, "/x", upon(List.of(), 1 + random.nextInt(4))));
                return;
            }
            var next = members.get(random.nextInt(members.size()));
            var command = kinship == Kinship.OTHER_CONFIG ? "/" + members.size() : next.command();
            members.add(new Member(reference, command, layers(kinship, next.layers())));
        }

        private List<Layer> layers(Kinship kinship, List<Layer> next) throws IOException {
            return switch (kinship) {
                case STRANGER, OTHER_CONFIG, OTHER_NAME -> next;
                case CHILD -> upon(next, 1 + random.nextInt(3));
                case BRANCH -> upon(lowest(next), 1 + random.nextInt(3));
                case WITHIN -> lowest(next);
                case TWICE_THE_LAYER -> upon(next, next.get(random.nextInt(next.size())));
                case OTHER_PARENT -> onAnotherParent(next);
                case EMPTY_LAYER -> upon(next, Layer.of(new byte[1024]));
                case HIGHEST -> highest(next);
            };
        }

        private List<Layer> lowest(List<Layer> layers) {
            return layers.subList(0, 1 + random.nextInt(layers.size()));
        }

        private List<Layer> onAnotherParent(List<Layer> layers) throws IOException {
            var moved = new ArrayList<>(upon(List.of(), 1));
            moved.addAll(layers);
            return moved.subList(0, Math.min(MOST_LAYERS, moved.size()));
        }

        private List<Layer> highest(List<Layer> layers) throws IOException {
            var all = new ArrayList<>(layers);
            while (all.size() < MOST_LAYERS) {
                all.add(fresh(random.nextInt(100)));
            }
            return all;
        }

        private List<Layer> upon(List<Layer> below, int count) throws IOException {
            var all = new ArrayList<>(below);
            for (var i = 0; i < count; i++) {
                all.add(fresh(size()));
            }
            return all.subList(0, Math.min(MOST_LAYERS, all.size()));
        }

        private static List<Layer> upon(List<Layer> below, Layer layer) {
            var all = new ArrayList<>(below);
            all.add(layer);
            return all.subList(0, Math.min(MOST_LAYERS, all.size()));
        }

        /// Most are small, as most are; few are large.
        private int size() {
            if (large > 0 && random.nextInt(4) == 0) {
                large--;
                return LARGE;
            }
            return (int) Math.exp(random.nextDouble(14)); // up to 1.2 MB
        }

        /// A layer that no other is equal to; as some tools do, filled up to 10,240 bytes.
        private Layer fresh(int size) throws IOException {
            var content = new byte[size];
            random.nextBytes(content);
            var out = new ByteArrayOutputStream();
            out.writeBytes(TestImages.layer("file-" + layers++, content));
            if (random.nextInt(4) == 0) {
                out.writeBytes(new byte[Math.floorMod(-out.size(), 10_240)]);
            }
            return Layer.of(out.toByteArray());
        }
    }
}
