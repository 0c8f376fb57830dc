@NullMarked
package dev.hostseed.cli;

import org.jspecify.annotations.NullMarked;
