@NullMarked
package dev.hostseed.systemd.unit;

import org.jspecify.annotations.NullMarked;
