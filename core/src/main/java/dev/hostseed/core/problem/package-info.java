/// What is wrong with a text that an author wrote: where, what, why, and what to do.
@NullMarked
package dev.hostseed.core.problem;

import org.jspecify.annotations.NullMarked;
