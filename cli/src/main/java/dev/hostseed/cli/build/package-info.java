/// The build side: commands for where the Compose file is.
@NullMarked
package dev.hostseed.cli.build;

import org.jspecify.annotations.NullMarked;
