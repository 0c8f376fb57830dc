@NullMarked
package dev.hostseed.cloudinit;

import org.jspecify.annotations.NullMarked;
