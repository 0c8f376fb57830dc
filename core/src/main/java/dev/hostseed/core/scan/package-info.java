/// Secrets that were left in the layers of images. Layers go in as streams of tar, from the lowest, and the configs of
/// their images; what was found comes out, with the state that it has in each image, and never the value itself. No
/// byte of a layer is written anywhere, and nothing is asked of a network.
///
/// Also, without regard to what is in them: the files that the layers of an image leave, one above the other.
///
/// Rules: OCI image specification 1.1, "Image Layer Filesystem Changeset" (whiteouts, opaque directories, hard links).
@NullMarked
package dev.hostseed.core.scan;

import org.jspecify.annotations.NullMarked;
