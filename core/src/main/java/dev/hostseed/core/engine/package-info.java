/// The Docker Engine API over its unix socket: our own small HTTP/1.1, and the endpoints that hostseed uses.
///
/// Rules: Engine API 1.41 to 1.52; RFC 9112 for the framing.
@NullMarked
package dev.hostseed.core.engine;

import org.jspecify.annotations.NullMarked;
