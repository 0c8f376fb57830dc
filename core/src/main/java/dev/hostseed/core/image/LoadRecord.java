package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.TargetPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What a host remembers of the images that hostseed brought to its Engine. The Engine's own answer counts more: this
/// tells only what the Engine cannot know, namely that an image is of our bringing, and that the power may have been
/// cut before it lay on the disk.
///
/// @param brought each once, in the order of their coming; the Engine had them not before
/// @param mark how far the last load came
public record LoadRecord(List<Brought> brought, Mark mark) {
    /// Nothing was ever loaded.
    static final LoadRecord EMPTY = new LoadRecord(List.of(), new Mark.None());

    private static final int SCHEMA = 1;
    private static final long MAX_SIZE = 4 << 20; // bytes

    public LoadRecord {
        brought = List.copyOf(brought);
    }

    /// An image by both ids that it may have.
    ///
    /// @param reference as it was named
    /// @param config its id in the classic store
    /// @param loaded its id in containerd's
    public record Brought(String reference, Digest config, Digest loaded) {
        static Brought of(LockedImage image) {
            return new Brought(image.reference().tagged(), image.config().digest(), image.loaded());
        }

        /// Whether it is `image`, under whatever name.
        boolean is(LockedImage image) {
            return config.equals(image.config().digest());
        }
    }

    /// How far a load came.
    public sealed interface Mark {
        /// There was none.
        record None() implements Mark {}

        /// The Engine was about to be sent `images`, in the boot `boot`.
        ///
        /// @param boot the kernel's id of it
        record Loading(String boot, List<Brought> images) implements Mark {
            public Loading {
                images = List.copyOf(images);
            }
        }

        /// All images of a lock were there, and on the disk.
        record Loaded(Digest lock) implements Mark {}
    }

    /// The record in `file`; an empty one if there is no file.
    ///
    /// @param report is told if there is one that cannot be read, which counts as empty
    public static LoadRecord read(Path file, Consumer<String> report) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return EMPTY;
        }
        if (Files.size(file) <= MAX_SIZE) {
            try {
                return parse(Json.readMapping(Files.readAllBytes(file)));
            } catch (MalformedDataException | BadBundleException damaged) {
                report.accept("cannot read " + file + ": " + damaged.getMessage() + ", ignoring");
                return EMPTY;
            }
        }
        report.accept("cannot read " + file + ": too large, ignoring");
        return EMPTY;
    }

    /// Puts this record at `file`, in the place of another. When this returns, it survives a loss of power.
    public void write(Path file) throws IOException {
        var files = new TreeMap<TargetPath, FileContent>();
        files.put(
                new TargetPath("/" + file.getFileName()),
                new FileContent.Held(Bytes.of(Json.pretty(data())), FileMode.SECRET));
        FileTree.write(files, Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    /// With more images, that are about to be sent in the boot `boot`.
    LoadRecord loading(String boot, List<LockedImage> images) {
        var all = new ArrayList<>(brought);
        var now = new ArrayList<Brought>();
        if (mark instanceof Mark.Loading(var same, var earlier) && same.equals(boot)) {
            now.addAll(earlier);
        }
        for (var image : images) {
            var one = Brought.of(image);
            all.remove(one);
            all.add(one);
            now.remove(one);
            now.add(one);
        }
        return new LoadRecord(all, new Mark.Loading(boot, now));
    }

    LoadRecord loaded(Digest lock) {
        return new LoadRecord(brought, new Mark.Loaded(lock));
    }

    /// Without the images that are `gone`.
    public LoadRecord without(Predicate<Brought> gone) {
        return new LoadRecord(brought.stream().filter(gone.negate()).toList(), mark);
    }

    private Data.Mapping data() {
        var data = Data.mapping().with("schema", SCHEMA).with("brought", data(brought));
        return switch (mark) {
            case Mark.None() -> data;
            case Mark.Loading(var boot, var images) ->
                data.with("loading", Data.mapping().with("boot", boot).with("images", data(images)));
            case Mark.Loaded(var lock) -> data.with("loaded", lock.value());
        };
    }

    private static Data data(List<Brought> images) {
        return new Data.Sequence(images.stream()
                .<Data>map(image -> Data.mapping()
                        .with("reference", image.reference())
                        .with("config", image.config().value())
                        .with("loaded", image.loaded().value()))
                .toList());
    }

    private static LoadRecord parse(Data.Mapping data) throws BadBundleException {
        var fields = new Fields("record", data).only("schema", "brought", "loading", "loaded");
        if (fields.size("schema") != SCHEMA) {
            throw new BadBundleException("written by another hostseed, its schema is " + fields.size("schema"));
        }
        Mark mark = new Mark.None();
        if (data.find("loading").isPresent()) {
            var loading = fields.inner("loading").only("boot", "images");
            mark = new Mark.Loading(loading.text("boot"), images(loading, "images"));
        } else if (data.find("loaded").isPresent()) {
            mark = new Mark.Loaded(fields.digest("loaded"));
        }
        return new LoadRecord(images(fields, "brought"), mark);
    }

    private static List<Brought> images(Fields fields, String key) throws BadBundleException {
        var images = new ArrayList<Brought>();
        for (var image : fields.each(key)) {
            image.only("reference", "config", "loaded");
            images.add(new Brought(image.text("reference"), image.digest("config"), image.digest("loaded")));
        }
        return images;
    }
}
