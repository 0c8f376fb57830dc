@NullMarked
package dev.hostseed.core.scan;

import org.jspecify.annotations.NullMarked;
