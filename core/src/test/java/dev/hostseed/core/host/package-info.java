@NullMarked
package dev.hostseed.core.host;

import org.jspecify.annotations.NullMarked;
