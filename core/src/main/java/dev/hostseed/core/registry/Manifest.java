package dev.hostseed.core.registry;

import dev.hostseed.core.host.Digest;

/// A manifest or an index, as a registry gave it.
///
/// @param mediaType as the registry says, without parameters; it may be wrong
/// @param digest of `bytes`
public record Manifest(String mediaType, Digest digest, byte[] bytes) {}
