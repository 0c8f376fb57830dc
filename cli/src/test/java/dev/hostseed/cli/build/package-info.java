@NullMarked
package dev.hostseed.cli.build;

import org.jspecify.annotations.NullMarked;
