/// Files that are to be, by their path on the host, and the one writer that meets the disk.
@NullMarked
package dev.hostseed.core.file;

import org.jspecify.annotations.NullMarked;
