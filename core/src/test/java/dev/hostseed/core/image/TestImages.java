package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Images and archives made by hand, as the tools write them.
final class TestImages {
    private TestImages() {}

    /// A layer's tar with one file in it.
    static byte[] layer(String file, String text) throws IOException {
        return layer(file, text.getBytes(UTF_8));
    }

    static byte[] layer(String file, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        var tar = new TarWriter(out);
        tar.file(file, content);
        tar.end();
        return out.toByteArray();
    }

    static byte[] config(String architecture, List<byte[]> layers) {
        return config(architecture, Data.mapping().with("Cmd", Data.texts(List.of("/bin/sh"))), layers);
    }

    private static byte[] config(String architecture, Data.Mapping config, List<byte[]> layers) {
        return Json.compact(Data.mapping()
                .with("architecture", architecture)
                .with("os", "linux")
                .with("config", config)
                .with(
                        "rootfs",
                        Data.mapping()
                                .with("type", "layers")
                                .with(
                                        "diff_ids",
                                        Data.texts(layers.stream()
                                                .map(layer -> Digest.of(layer).value())
                                                .toList()))));
    }

    /// What `docker save` of Docker 20.10 writes: a directory a layer, the JSON after them.
    static byte[] saved(String reference, String architecture, List<byte[]> layers) throws IOException {
        return saved(reference, config(architecture, layers), layers);
    }

    /// The same, of an image with a volume at `path`.
    static byte[] savedWithVolume(String reference, String architecture, String path, List<byte[]> layers)
            throws IOException {
        var config = Data.mapping().with("Volumes", Data.mapping().with(path, Data.mapping()));
        return saved(reference, config(architecture, config, layers), layers);
    }

    private static byte[] saved(String reference, byte[] config, List<byte[]> layers) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        var names = new ArrayList<String>();
        for (var i = 0; i < layers.size(); i++) {
            names.add("%064x".formatted(i) + "/layer.tar");
            files.put(names.getLast(), layers.get(i));
        }
        var configName = Digest.of(config).hex() + ".json";
        files.put(configName, config);
        files.put("manifest.json", manifestJson(reference, configName, names));
        return tar(files);
    }

    static byte[] manifestJson(String reference, String config, List<String> layers) {
        return Json.compact(new Data.Sequence(List.of(Data.mapping()
                .with("Config", config)
                .with("RepoTags", Data.texts(List.of(reference)))
                .with("Layers", Data.texts(layers)))));
    }

    /// An OCI layout with one image, whose layers are compressed with gzip.
    static Map<String, byte[]> layout(String name, String architecture, List<byte[]> layers) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        var descriptors = new ArrayList<Data>();
        for (var layer : layers) {
            var bytes = gzip(layer);
            descriptors.add(descriptor("application/vnd.oci.image.layer.v1.tar+gzip", bytes));
            files.put(blob(bytes), bytes);
        }
        var config = config(architecture, layers);
        var manifest = Json.compact(Data.mapping()
                .with("schemaVersion", 2)
                .with("config", descriptor("application/vnd.oci.image.config.v1+json", config))
                .with("layers", new Data.Sequence(descriptors)));
        var entry = descriptor("application/vnd.oci.image.manifest.v1+json", manifest)
                .with("annotations", Data.mapping().with("io.containerd.image.name", name));
        files.put(blob(config), config);
        files.put(blob(manifest), manifest);
        files.put(
                "index.json",
                Json.compact(
                        Data.mapping().with("schemaVersion", 2).with("manifests", new Data.Sequence(List.of(entry)))));
        files.put("oci-layout", Manifests.OCI_LAYOUT);
        return files;
    }

    static Data.Mapping descriptor(String type, byte[] bytes) {
        return Data.mapping()
                .with("mediaType", type)
                .with("digest", Digest.of(bytes).value())
                .with("size", bytes.length);
    }

    static String blob(byte[] bytes) {
        return "blobs/sha256/" + Digest.of(bytes).hex();
    }

    static byte[] tar(Map<String, byte[]> files) throws IOException {
        var out = new ByteArrayOutputStream();
        var tar = new TarWriter(out);
        for (var file : files.entrySet()) {
            tar.file(file.getKey(), file.getValue());
        }
        tar.end();
        return out.toByteArray();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    static byte[] zstd(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zstd = Compression.zstd(out)) {
            zstd.write(bytes);
        }
        return out.toByteArray();
    }

    static void write(Path root, Map<String, byte[]> files) throws IOException {
        for (var file : files.entrySet()) {
            var path = root.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling("."));
            Files.write(path, file.getValue());
        }
    }
}
