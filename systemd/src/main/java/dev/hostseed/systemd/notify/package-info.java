/// Telling systemd how a service is: sd_notify(3), by datagrams to a path or an abstract socket.
@NullMarked
package dev.hostseed.systemd.notify;

import org.jspecify.annotations.NullMarked;
