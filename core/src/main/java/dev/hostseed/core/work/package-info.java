/// Work in several threads, whose failures reach whoever waits for it as I/O errors. Depends on nothing of ours.
@NullMarked
package dev.hostseed.core.work;

import org.jspecify.annotations.NullMarked;
