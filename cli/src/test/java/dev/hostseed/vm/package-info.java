/// A seed goes into a machine that is emulated and has no network; what the machine does is written down in sentences.
///
/// [Vm] is the machine, [Transcript] what a person reads in `target/vm`, the rest is how they are made. Images come
/// from `src/test/vm/mkimage`. Nothing outside `target/vm`, the image cache and a socket's folder in `/tmp` is
/// touched.
@NullMarked
package dev.hostseed.vm;

import org.jspecify.annotations.NullMarked;
