/// The host verbs: what units and the boot call. Their road holds no heavy library: no picocli, no object binding, and
/// JNA only once a container runs.
@NullMarked
package dev.hostseed.cli.host;

import org.jspecify.annotations.NullMarked;
