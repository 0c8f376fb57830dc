/// The supervisor of one container, main process of its unit, and the makers of networks and volumes. Definitions go
/// in, made at build time; the Engine and systemd are told. Leaves alone what is not labelled as ours.
@NullMarked
package dev.hostseed.systemd.supervise;

import org.jspecify.annotations.NullMarked;
