package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.FileOwner;
import dev.hostseed.core.host.GrantedFile;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.TargetPath;
import java.util.Locale;

/// A config or a secret that a container sees, and how.
///
/// @param fingerprint of the content that the release has, as in [GrantedFile#fingerprint]: with another content the
/// definition is another one
public record Grant(Mount.Granted mount, String fingerprint) {

    Data.Mapping toData() {
        return Data.mapping()
                .with("kind", mount.kind().toString())
                .with("source", mount.source().value())
                .with("target", mount.target().value())
                .with("uid", mount.owner().uid())
                .with("gid", mount.owner().gid())
                .with("mode", mount.mode().toString())
                .with("fingerprint", fingerprint);
    }

    /// @throws IllegalArgumentException if a value is none
    static Grant of(Data.Mapping data) throws MalformedDataException {
        var owner = new FileOwner((int) Fields.whole(data, "uid"), (int) Fields.whole(data, "gid"));
        var kind = GrantedFile.Kind.valueOf(Fields.text(data, "kind").toUpperCase(Locale.ROOT));
        return new Grant(
                new Mount.Granted(
                        kind,
                        new ResourceName(Fields.text(data, "source")),
                        new TargetPath(Fields.text(data, "target")),
                        owner,
                        new FileMode(Integer.parseInt(Fields.text(data, "mode"), 8))),
                Fields.text(data, "fingerprint"));
    }
}
