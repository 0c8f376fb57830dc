/// Ordered, immutable data of the JSON model: what goes to the Engine, into the lock and into user-data before one
/// class per format turns it into text. Depends on nothing of ours; reads and writes streams only.
@NullMarked
package dev.hostseed.core.data;

import org.jspecify.annotations.NullMarked;
