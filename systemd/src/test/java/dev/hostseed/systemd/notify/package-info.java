@NullMarked
package dev.hostseed.systemd.notify;

import org.jspecify.annotations.NullMarked;
