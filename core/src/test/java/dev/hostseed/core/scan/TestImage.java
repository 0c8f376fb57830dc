package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.host.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Images made of tars, and the search in them.
final class TestImage {
    private final List<ScannedImage> images = new ArrayList<>();
    private final Map<Digest, byte[]> layers = new HashMap<>();
    final List<Digest> opened = new ArrayList<>();

    static TestImage of(TestLayer... layers) {
        return new TestImage().with("example/web:1", "{}", layers);
    }

    TestImage with(String name, String config, TestLayer... tars) {
        var diffIds = new ArrayList<Digest>();
        for (var tar : tars) {
            layers.put(tar.digest(), tar.tar());
            diffIds.add(tar.digest());
        }
        images.add(new ScannedImage(name, config.getBytes(UTF_8), diffIds, Set.of(Digest.of(name.getBytes(UTF_8)))));
        return this;
    }

    SecretReport search() throws IOException {
        return search(AllowFile.NONE, Set.of(), Set.of());
    }

    SecretReport search(AllowFile allowed, Set<Digest> trusted, Set<Digest> clean) throws IOException {
        var search = new Search(Search.Extent.CHANGED, allowed, trusted, Severity.HIGH, report -> {});
        return SecretScan.of(images, new InMemory(), search, clean);
    }

    /// Everything that was found, the gravest first.
    List<Finding> findings() throws IOException {
        var report = search();
        var all = new ArrayList<>(report.refused());
        all.addAll(report.warned());
        return all;
    }

    private final class InMemory implements SecretScan.Layers {
        @Override
        public InputStream open(Digest diffId) {
            opened.add(diffId);
            return new ByteArrayInputStream(layers.getOrDefault(diffId, new byte[0]));
        }

        @Override
        public void run(List<SecretScan.Work> work) throws IOException {
            for (var one : work) {
                one.run();
            }
        }
    }
}
