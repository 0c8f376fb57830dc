/// The canonical model: a merged document goes in at [Canonical#of] and comes out with every value in the one form in
/// which it says everything, and with what goes without saying; [Model#of] tells it as data, as `docker compose config`
/// does. What is wrong with a value stays for those who read it, unless it has no other form.
///
/// Rule: Compose Specification, the long syntax of each key; compose-go, whose canonical model this is.
@NullMarked
package dev.hostseed.core.canonical;

import org.jspecify.annotations.NullMarked;
