@NullMarked
package dev.hostseed.core.file;

import org.jspecify.annotations.NullMarked;
