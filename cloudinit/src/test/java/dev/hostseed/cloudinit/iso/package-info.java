@NullMarked
package dev.hostseed.cloudinit.iso;

import org.jspecify.annotations.NullMarked;
