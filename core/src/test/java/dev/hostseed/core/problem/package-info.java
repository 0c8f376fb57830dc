@NullMarked
package dev.hostseed.core.problem;

import org.jspecify.annotations.NullMarked;
