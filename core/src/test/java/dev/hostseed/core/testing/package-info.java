/// What tests of several modules start: a private Docker Engine.
@NullMarked
package dev.hostseed.core.testing;

import org.jspecify.annotations.NullMarked;
