/// The host to be built, as values: its project of containers and its own settings. Whoever holds one of these need
/// not check it again. No file, no socket, no clock.
///
/// Rules: the Compose Specification for the project, cloud-init for the machine's settings.
@NullMarked
package dev.hostseed.core.host;

import org.jspecify.annotations.NullMarked;
