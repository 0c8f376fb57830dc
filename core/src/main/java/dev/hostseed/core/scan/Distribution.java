package dev.hostseed.core.scan;

import java.util.Set;

/// Where distributions and package managers put what they bring along, tests and samples among it.
final class Distribution {
    private static final Set<String> SAMPLES = Set.of(
            "test",
            "tests",
            "testing",
            "testdata",
            "test-data",
            "test_data",
            "testsuite",
            "testsupport",
            "testutil",
            "testutils",
            "fixtures",
            "fixture",
            "example",
            "examples",
            "demo",
            "demos",
            "demo-src",
            "sample",
            "samples",
            "spec",
            "specs",
            "doc",
            "docs",
            "man",
            "locale",
            "vectors",
            "benchmark",
            "benchmarks",
            "sample-keys",
            "sample-config-files");

    private static final Set<String> PLACES = Set.of("/node_modules/", "/site-packages/", "/dist-packages/", "/gems/");

    private Distribution() {}

    /// Whether only a package can have put `path` there, as a sample, a manual or the data of a test.
    static boolean isSample(String path) {
        var components = path.split("/");
        for (var i = 0; i < components.length - 1; i++) {
            if (SAMPLES.contains(components[i]) || components[i].endsWith("_vectors")) {
                return isPackaged(path);
            }
        }
        var name = components[components.length - 1];
        return (name.endsWith("_test.go") || name.startsWith("test_")) && isPackaged(path);
    }

    /// Whether what is at `path` came out of a package.
    static boolean isPackaged(String path) {
        return path.startsWith("usr/") && !path.startsWith("usr/local/")
                || path.startsWith("lib/")
                || PLACES.stream().anyMatch(path::contains);
    }
}
