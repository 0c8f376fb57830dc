/// Unit files: a [dev.hostseed.core.host.Host] goes in, ordered directives and their text come out. No file is touched.
///
/// Rules: systemd.unit(5), systemd.service(5), systemd.syntax(7), as of systemd 252 to 262.
@NullMarked
package dev.hostseed.systemd.unit;

import org.jspecify.annotations.NullMarked;
