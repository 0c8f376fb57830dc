package dev.hostseed.core.scan;

import dev.hostseed.core.host.Digest;
import java.util.List;
import java.util.Set;

/// What was found in the images of one bundle. Each list is ordered by severity, image, layer and path.
///
/// @param refused what makes that there is no bundle
/// @param warned what may be of use to others
/// @param allowed what the allow file let through
/// @param found layers in which something was found, allowed or not
/// @param trusted layers that were not judged
/// @param strangers digests that were to be trusted, but are of no image
public record SecretReport(
        List<Finding> refused,
        List<Finding> warned,
        List<Finding> allowed,
        Set<Digest> found,
        Set<Digest> trusted,
        Set<Digest> strangers) {
    public SecretReport {
        refused = List.copyOf(refused);
        warned = List.copyOf(warned);
        allowed = List.copyOf(allowed);
        found = Set.copyOf(found);
        trusted = Set.copyOf(trusted);
        strangers = Set.copyOf(strangers);
    }
}
