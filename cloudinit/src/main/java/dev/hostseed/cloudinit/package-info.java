/// User-data, meta-data and network-config for a host, and the NoCloud seed that carries them: a directory and an ISO.
///
/// Rules: cloud-init's documentation and schema, 22.4 to 26.2; ECMA-119, Joliet, Rock Ridge (IEEE P1282).
@NullMarked
package dev.hostseed.cloudinit;

import org.jspecify.annotations.NullMarked;
