@NullMarked
package dev.hostseed.systemd.release;

import org.jspecify.annotations.NullMarked;
