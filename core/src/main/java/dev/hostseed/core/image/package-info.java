/// Images, and the bundle that carries them: an OCI image layout in which each layer is stored once, and its lock.
/// References go in, from an Engine or from archives; on the host the bundle goes into the Engine, verified.
///
/// Rules: the OCI image specification 1.1; the Engine's `POST /images/load`.
@NullMarked
package dev.hostseed.core.image;

import org.jspecify.annotations.NullMarked;
