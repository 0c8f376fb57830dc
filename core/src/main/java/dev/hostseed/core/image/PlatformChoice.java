package dev.hostseed.core.image;

import dev.hostseed.core.host.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which entry of an index is the image for a platform.
///
/// Rule: OCI image specification 1.1, "Image Index", `platform`.
final class PlatformChoice {
    private PlatformChoice() {}

    /// The entry for `wanted`: of that very variant, else of none, else, where none is wanted, of the one that comes
    /// first by name, which is the one that most machines have. An entry that does not say for what it is, is taken
    /// where no other fits: its config will say.
    static Optional<Fields> choose(List<Fields> entries, Platform wanted) throws BadBundleException {
        Fields chosen = null;
        var best = Integer.MAX_VALUE;
        var variant = "";
        for (var entry : entries) {
            var rank = rank(entry, wanted);
            var its = platform(entry).map(Platform::variant).orElse("");
            if (rank < best || rank == best && rank == 2 && its.compareTo(variant) < 0) {
                chosen = entry;
                best = rank;
                variant = its;
            }
        }
        return Optional.ofNullable(chosen);
    }

    /// What there is, for a message.
    static String said(List<Fields> entries) throws BadBundleException {
        var platforms = new ArrayList<Platform>();
        for (var entry : entries) {
            platform(entry).ifPresent(platforms::add);
        }
        return platforms.isEmpty()
                ? "nothing"
                : platforms.stream().map(Platform::toString).distinct().sorted().collect(Collectors.joining(" and "));
    }

    /// 0 is best; the largest number is no fit.
    private static int rank(Fields entry, Platform wanted) throws BadBundleException {
        var platform = platform(entry);
        if (platform.isEmpty()) {
            return 3;
        }
        var its = platform.get();
        if (!its.os().equals(wanted.os()) || !its.architecture().equals(wanted.architecture())) {
            return Integer.MAX_VALUE;
        }
        if (its.variant().equals(wanted.variant())) {
            return 0;
        }
        return its.variant().isEmpty() ? 1 : wanted.variant().isEmpty() ? 2 : Integer.MAX_VALUE;
    }

    private static Optional<Platform> platform(Fields entry) throws BadBundleException {
        var said = entry.innerOrEmpty("platform");
        var os = said.textOrEmpty("os");
        return os.isEmpty()
                ? Optional.empty()
                : Optional.of(new Platform(os, said.textOrEmpty("architecture"), said.textOrEmpty("variant")));
    }
}
