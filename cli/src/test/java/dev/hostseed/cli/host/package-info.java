@NullMarked
package dev.hostseed.cli.host;

import org.jspecify.annotations.NullMarked;
