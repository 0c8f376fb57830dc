package dev.hostseed.core.signature;

import dev.hostseed.core.host.ProjectName;
import java.io.IOException;

/// A lock is well signed, but older than one that this host had: whoever has an old bundle could bring its holes
/// back.
public final class RollbackException extends IOException {
    public RollbackException(ProjectName project, long version, long seen) {
        super("version %d of '%s' is older than version %d, which this host had already — an old bundle brings its "
                        .formatted(version, project, seen)
                + "holes back — bring the newest, or say --allow-downgrade");
    }
}
