@NullMarked
package dev.hostseed.core.registry;

import org.jspecify.annotations.NullMarked;
