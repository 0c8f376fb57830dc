package dev.hostseed.core.host;

import java.util.List;

/// A version of the Docker Engine's API. All versions are 1.x.
///
/// @param minor the x; from 41 on, which came with Docker 20.10
public record EngineApi(int minor) {
    private static final int FIRST = 41;

    /// The release of Docker that brought each version, from [#LOWEST] on. Rule: Docker, "API version matrix".
    private static final List<String> RELEASES =
            List.of("20.10", "23.0", "24.0", "25.0", "26.0", "27.0", "27.2", "28.0", "28.1", "28.2", "28.3", "29.0");

    /// What every Engine speaks that hostseed works with.
    public static final EngineApi LOWEST = new EngineApi(FIRST);

    public EngineApi {
        if (minor < FIRST || minor >= FIRST + RELEASES.size()) {
            throw new IllegalArgumentException("not a version of the API that we know: 1." + minor);
        }
    }

    /// The highest version that the release `docker` speaks, as far as we know it.
    ///
    /// @param docker such as `26.1` or `26.1.5`
    /// @throws IllegalArgumentException if it is no release, or too old
    public static EngineApi of(String docker) {
        var release = number(docker);
        for (var i = RELEASES.size() - 1; i >= 0; i--) {
            if (number(RELEASES.get(i)) <= release) {
                return new EngineApi(FIRST + i);
            }
        }
        throw new IllegalArgumentException("'" + docker + "' is older than " + RELEASES.getFirst());
    }

    /// The first release of Docker that speaks it.
    public String release() {
        return RELEASES.get(minor - FIRST);
    }

    /// `1.<minor>`
    @Override
    public String toString() {
        return "1." + minor;
    }

    /// Of `major.minor`, one that compares.
    private static int number(String docker) {
        if (!docker.matches("[0-9]{1,3}\\.[0-9]{1,3}(\\.[0-9]{1,3})?")) {
            throw new IllegalArgumentException("'" + docker + "' is not a release of Docker");
        }
        var parts = docker.split("\\.");
        return Integer.parseInt(parts[0]) * 1000 + Integer.parseInt(parts[1]);
    }
}
