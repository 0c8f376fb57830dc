@NullMarked
package dev.hostseed.core.engine;

import org.jspecify.annotations.NullMarked;
