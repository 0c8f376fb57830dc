package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.Platform;
import java.util.ArrayList;
import java.util.List;

/// What an image's config says of the image itself.
///
/// @param diffIds of the layers' plain tars, from the lowest
///
/// Rule: OCI image specification 1.1, "Image Configuration".
record ImageConfig(Platform platform, List<Digest> diffIds) {

    static ImageConfig read(byte[] json) throws BadBundleException {
        var config = Fields.read("image config", json);
        var rootfs = config.inner("rootfs");
        if (!rootfs.text("type").equals("layers")) {
            throw new BadBundleException("image config: rootfs of type '" + rootfs.text("type") + "'");
        }
        var platform = new Platform(config.text("os"), config.text("architecture"), config.textOrEmpty("variant"));
        return new ImageConfig(platform, rootfs.digests("diff_ids"));
    }

    /// The commands that made the layers, from the lowest, as the config's history has them; none if it has none.
    static List<String> commands(byte[] json) throws BadBundleException {
        var config = Fields.read("image config", json);
        var commands = new ArrayList<String>();
        for (var step : config.eachOrNone("history")) {
            if (!step.isTrue("empty_layer")) {
                commands.add(step.textOrEmpty("created_by"));
            }
        }
        return commands;
    }
}
