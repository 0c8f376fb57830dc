@NullMarked
package dev.hostseed.core.data;

import org.jspecify.annotations.NullMarked;
