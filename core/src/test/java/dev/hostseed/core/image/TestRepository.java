package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.testing.ScriptedServer.Reply;
import dev.hostseed.core.testing.ScriptedServer.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a registry holds, in memory: every repository has everything.
final class TestRepository {
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    static final String GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";

    private final Map<String, byte[]> blobs = new TreeMap<>();
    private final Map<String, String> types = new TreeMap<>();
    private final Map<String, byte[]> tags = new TreeMap<>();

    /// The manifest of an image whose layers, given plain, are compressed with gzip.
    byte[] image(String architecture, byte[]... layers) throws IOException {
        var descriptors = new ArrayList<Data>();
        for (var layer : layers) {
            descriptors.add(blob(GZIP, TestImages.gzip(layer)));
        }
        return manifest(CONFIG, TestImages.config(architecture, List.of(layers)), descriptors);
    }

    byte[] manifest(String configType, byte[] config, List<Data> layers) {
        return document(
                MANIFEST,
                Data.mapping()
                        .with("schemaVersion", 2)
                        .with("mediaType", MANIFEST)
                        .with("config", blob(configType, config))
                        .with("layers", new Data.Sequence(layers)));
    }

    byte[] index(Data... entries) {
        return document(
                INDEX,
                Data.mapping()
                        .with("schemaVersion", 2)
                        .with("mediaType", INDEX)
                        .with("manifests", new Data.Sequence(List.of(entries))));
    }

    byte[] document(String type, Data.Mapping content) {
        var bytes = Json.compact(content);
        types.put(Digest.of(bytes).value(), type);
        blobs.put(Digest.of(bytes).value(), bytes);
        return bytes;
    }

    Data.Mapping blob(String type, byte[] bytes) {
        blobs.put(Digest.of(bytes).value(), bytes);
        return TestImages.descriptor(type, bytes);
    }

    /// An entry of an index for `document`.
    static Data.Mapping entry(String type, byte[] document, String os, String architecture, String variant) {
        return TestImages.descriptor(type, document)
                .with(
                        "platform",
                        Data.mapping()
                                .with("os", os)
                                .with("architecture", architecture)
                                .withUnlessEmpty("variant", new Data.Text(variant)));
    }

    void tag(String tag, byte[] document) {
        tags.put(tag, document);
    }

    /// What the registry answers.
    Reply answer(Request request) {
        var target = request.target();
        var last = target.substring(target.lastIndexOf('/') + 1);
        var bytes = target.contains("/manifests/") ? tags.getOrDefault(last, blobs.get(last)) : blobs.get(last);
        if (bytes == null) {
            return Reply.of(404, "{\"errors\": [{\"code\": \"UNKNOWN\", \"message\": \"no such thing\"}]}");
        }
        var type = types.getOrDefault(Digest.of(bytes).value(), "application/octet-stream");
        return Reply.of(200, Map.of("Content-Type", type), bytes);
    }
}
