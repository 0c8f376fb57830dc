/// Variables: the files that define them, and the templates that use them.
///
/// Rule: Compose Specification, "Interpolation" and "env_file".
@NullMarked
package dev.hostseed.core.variables;

import org.jspecify.annotations.NullMarked;
