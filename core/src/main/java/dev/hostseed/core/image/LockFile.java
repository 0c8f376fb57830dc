package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import dev.hostseed.core.image.Scan.AllowedSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The text of a [Lock]. There is one text for each lock, and no other is read: a lock is written by hostseed alone.
public final class LockFile {
    private static final int SCHEMA = 2;
    static final long MAX_SIZE = 16 << 20; // bytes

    private LockFile() {}

    public static byte[] write(Lock lock) {
        var images = lock.images().stream().<Data>map(LockFile::image).toList();
        return Json.pretty(Data.mapping()
                .with("schema", SCHEMA)
                .with("project", lock.project().value())
                .with("version", lock.version())
                .with("scan", scan(lock.scan()))
                .with("images", new Data.Sequence(images)));
    }

    /// @throws BadBundleException if `json` is not what [#write] writes
    public static Lock read(byte[] json) throws BadBundleException {
        var fields = Fields.read(Bundle.LOCK, json);
        if (fields.size("schema") != SCHEMA) {
            throw new BadBundleException("hostseed.lock: written by another hostseed, its schema is "
                    + fields.size("schema") + "; this one knows " + SCHEMA);
        }
        fields.only("schema", "project", "version", "scan", "images");
        var images = new ArrayList<LockedImage>();
        for (var image : fields.each("images")) {
            images.add(image(image));
        }
        var lock = lock(fields, images);
        check(lock);
        if (!Arrays.equals(json, write(lock))) {
            throw new BadBundleException("hostseed.lock: changed by hand; build the bundle again");
        }
        return lock;
    }

    /// The lock in `file`.
    public static Lock read(Path file) throws IOException {
        return read(file, bytes(file));
    }

    /// The lock whose text is `json`.
    ///
    /// @param file where it lies, for people
    public static Lock read(Path file, byte[] json) throws BadBundleException {
        try {
            return read(json);
        } catch (BadBundleException bad) {
            var message = String.valueOf(bad.getMessage());
            throw message.startsWith(Bundle.LOCK)
                    ? new BadBundleException(file + message.substring(Bundle.LOCK.length()))
                    : bad;
        }
    }

    /// The text in `file`, for whoever has to judge it before it is read.
    ///
    /// @throws BadBundleException if there is none, or far too much
    public static byte[] bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BadBundleException(file + (Files.exists(file) ? ": not a regular file" : ": missing"));
        }
        if (Files.size(file) > MAX_SIZE) {
            throw new BadBundleException(file + ": not a lock, it has " + Files.size(file) + " bytes");
        }
        var bytes = Files.readAllBytes(file);
        if (bytes.length == 0 || bytes[0] != '{') {
            throw new BadBundleException(file + ": not a lock but " + FirstBytes.describe(file));
        }
        return bytes;
    }

    private static Lock lock(Fields fields, List<LockedImage> images) throws BadBundleException {
        try {
            return new Lock(
                    new ProjectName(fields.text("project")),
                    fields.size("version"),
                    scan(fields.inner("scan")),
                    images);
        } catch (IllegalArgumentException wrong) {
            throw new BadBundleException("hostseed.lock: " + wrong.getMessage());
        }
    }

    /// References are sorted and there once; one digest has one size, and one layer one blob.
    private static void check(Lock lock) throws BadBundleException {
        var sizes = new HashMap<Digest, Long>();
        var stored = new HashMap<Digest, Digest>();
        ImageReference last = null;
        for (var image : lock.images()) {
            if (last != null && last.compareTo(image.reference()) >= 0) {
                throw new BadBundleException("hostseed.lock: '" + image.reference() + "' is not in its place");
            }
            last = image.reference();
            same(sizes, image.config().digest(), image.config().size());
            same(sizes, image.manifest().digest(), image.manifest().size());
            for (var layer : image.layers()) {
                same(sizes, layer.plain().digest(), layer.plain().size());
                same(sizes, layer.stored().digest(), layer.stored().size());
                same(stored, layer.plain().digest(), layer.stored().digest());
            }
        }
    }

    private static <T> void same(Map<Digest, T> known, Digest digest, T value) throws BadBundleException {
        var other = known.putIfAbsent(digest, value);
        if (other != null && !other.equals(value)) {
            throw new BadBundleException("hostseed.lock: " + digest + " is said to be both " + other + " and " + value);
        }
    }

    private static Data.Mapping image(LockedImage image) {
        return Data.mapping()
                .with("reference", image.reference().toString())
                .withUnlessEmpty("registry", new Data.Text(image.registry()))
                .with("platform", image.platform().toString())
                .with("config", content(image.config()))
                .with("manifest", content(image.manifest()))
                .with("loaded", image.loaded().value())
                .with("layers", layers(image.layers()));
    }

    private static Data.Mapping scan(Scan scan) {
        var allowed = scan.allowed().stream()
                .<Data>map(secret -> Data.mapping()
                        .with("fingerprint", secret.fingerprint())
                        .with("reason", secret.reason())
                        .with("date", secret.date()))
                .toList();
        return Data.mapping()
                .with("rules", scan.rules())
                .with("allowed", new Data.Sequence(allowed))
                .withUnlessEmpty("trusted", digests(scan.trusted()))
                .withUnlessEmpty("found", digests(scan.found()));
    }

    private static Scan scan(Fields fields) throws BadBundleException {
        fields.only("rules", "allowed", "trusted", "found");
        var allowed = new ArrayList<AllowedSecret>();
        for (var secret : fields.each("allowed")) {
            secret.only("fingerprint", "reason", "date");
            allowed.add(new AllowedSecret(secret.text("fingerprint"), secret.text("reason"), secret.text("date")));
        }
        return new Scan(
                Math.toIntExact(Math.min(fields.size("rules"), Integer.MAX_VALUE)),
                allowed,
                fields.digests("trusted"),
                fields.digests("found"));
    }

    private static Data.Sequence digests(List<Digest> digests) {
        return Data.texts(digests.stream().map(Digest::value).toList());
    }

    private static Data layers(List<LockedLayer> layers) {
        return new Data.Sequence(layers.stream()
                .<Data>map(layer ->
                        Data.mapping().with("plain", content(layer.plain())).with("stored", content(layer.stored())))
                .toList());
    }

    private static Data.Mapping content(Content content) {
        return Data.mapping().with("digest", content.digest().value()).with("size", content.size());
    }

    private static LockedImage image(Fields fields) throws BadBundleException {
        fields.only("reference", "registry", "platform", "config", "manifest", "loaded", "layers");
        var layers = new ArrayList<LockedLayer>();
        for (var layer : fields.each("layers")) {
            layer.only("plain", "stored");
            layers.add(new LockedLayer(content(layer.inner("plain")), content(layer.inner("stored"))));
        }
        return new LockedImage(
                reference(fields.text("reference")),
                fields.textOrEmpty("registry").isEmpty()
                        ? ""
                        : fields.digest("registry").value(),
                platform(fields.text("platform")),
                content(fields.inner("config")),
                content(fields.inner("manifest")),
                fields.digest("loaded"),
                layers);
    }

    private static Content content(Fields fields) throws BadBundleException {
        fields.only("digest", "size");
        return new Content(fields.digest("digest"), fields.size("size"));
    }

    private static ImageReference reference(String text) throws BadBundleException {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new BadBundleException("hostseed.lock: " + wrong.getMessage());
        }
    }

    private static Platform platform(String text) throws BadBundleException {
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new BadBundleException("hostseed.lock: " + wrong.getMessage());
        }
    }
}
