/// What the commands share: where they write, how they end. Only here and below is anything printed or the process
/// ended. Host verbs and build-side commands enter by separate doors.
@NullMarked
package dev.hostseed.cli;

import org.jspecify.annotations.NullMarked;
