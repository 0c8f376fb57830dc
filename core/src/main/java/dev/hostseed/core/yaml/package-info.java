/// YAML as nodes that keep their text and their place; what a value means is up to who reads it.
///
/// Rules: YAML 1.2, within limits that keep a hostile file cheap.
@NullMarked
package dev.hostseed.core.yaml;

import org.jspecify.annotations.NullMarked;
