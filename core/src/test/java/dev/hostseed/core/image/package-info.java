@NullMarked
package dev.hostseed.core.image;

import org.jspecify.annotations.NullMarked;
