@NullMarked
package dev.hostseed.core.variables;

import org.jspecify.annotations.NullMarked;
