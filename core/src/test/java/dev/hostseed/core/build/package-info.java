@NullMarked
package dev.hostseed.core.build;

import org.jspecify.annotations.NullMarked;
