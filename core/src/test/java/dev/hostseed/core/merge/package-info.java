@NullMarked
package dev.hostseed.core.merge;

import org.jspecify.annotations.NullMarked;
