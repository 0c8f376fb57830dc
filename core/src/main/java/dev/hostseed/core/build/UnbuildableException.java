package dev.hostseed.core.build;

import dev.hostseed.core.host.ImageBuild;
import java.io.IOException;

/// An image cannot be made here as the Compose file says: something is not there that it names, or no builder is that
/// can do it.
public final class UnbuildableException extends IOException {
    UnbuildableException(String message) {
        super(message);
    }

    static UnbuildableException of(ImageBuild build, String why) {
        return new UnbuildableException(build.request().where() + ": cannot build " + build.image() + ": " + why);
    }
}
