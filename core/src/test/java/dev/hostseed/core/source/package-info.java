@NullMarked
package dev.hostseed.core.source;

import org.jspecify.annotations.NullMarked;
