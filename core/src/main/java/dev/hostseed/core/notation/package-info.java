/// How Compose writes values as text: addresses, amounts of memory, durations, ports, words of a command, and plain
/// scalars. Text goes in, values come out; what is no such text is an [IllegalArgumentException] with what is wrong.
///
/// Rules: Compose Specification, "Specifying durations" and "Specifying byte values", "ports"; YAML 1.2, core schema.
@NullMarked
package dev.hostseed.core.notation;

import org.jspecify.annotations.NullMarked;
