@NullMarked
package dev.hostseed.systemd.supervise;

import org.jspecify.annotations.NullMarked;
