package dev.hostseed.core.host;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an image was made for.
///
/// @param os `linux`
/// @param architecture Go's name for it: `amd64`, `arm64`
/// @param variant of the architecture, such as `v7`; empty for most
///
/// Rule: OCI image specification, "platform".
public record Platform(String os, String architecture, String variant) {

    /// The platform of the machine that hostseed runs on.
    public static Platform ofThisMachine() {
        var machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        var architecture = switch (machine) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> machine;
        };
        return new Platform("linux", architecture, "");
    }

    /// What [#toString] writes.
    ///
    /// @throws IllegalArgumentException if `text` is no platform
    public static Platform parse(String text) {
        var parts = text.split("/", -1);
        for (var part : parts) {
            if (part.isEmpty() || !part.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9')) {
                throw new IllegalArgumentException("not a platform: '" + text + "'");
            }
        }
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException("not a platform: '" + text + "'");
        }
        return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
    }

    /// Whether an image for `other` is one for this: where one of them names no variant, it is any.
    public boolean matches(Platform other) {
        return os.equals(other.os)
                && architecture.equals(other.architecture)
                && (variant.isEmpty() || other.variant.isEmpty() || variant.equals(other.variant));
    }

    @Override
    public boolean equals(@Nullable Object other) { // as in Digest
        return other instanceof Platform platform
                && os.equals(platform.os)
                && architecture.equals(platform.architecture)
                && variant.equals(platform.variant);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
