/// A Compose file goes in, a [dev.hostseed.core.host.Host] comes out, or every reason why there is none, each with its
/// position and a remedy.
///
/// Rules: the Compose Specification, as compose-go reads it; `x-host` is ours.
@NullMarked
package dev.hostseed.core.source;

import org.jspecify.annotations.NullMarked;
