/// The rehearsal of the verbs from which the class cache of a distribution is made.
@NullMarked
package dev.hostseed.cli.rehearsal;

import org.jspecify.annotations.NullMarked;
