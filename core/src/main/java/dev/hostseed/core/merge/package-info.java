/// Documents and services put over each other, as trees of nodes.
///
/// Rule: Compose Specification, "Merge Compose files", "extends" and "include".
@NullMarked
package dev.hostseed.core.merge;

import org.jspecify.annotations.NullMarked;
