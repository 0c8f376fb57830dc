/// Tests of signatures: with keys made here, and with the programs whose formats they are.
@NullMarked
package dev.hostseed.core.signature;

import org.jspecify.annotations.NullMarked;
