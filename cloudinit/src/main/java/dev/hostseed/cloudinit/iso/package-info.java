/// An ISO 9660 image from files by path, with Rock Ridge and Joliet trees. Equal files give equal bytes: times, owner
/// and volume fields are fixed, entries sorted. Reads the files that it copies, writes one.
///
/// Rules: ECMA-119; System Use Sharing Protocol (IEEE P1281); Rock Ridge (IEEE P1282); Joliet, level 3.
@NullMarked
package dev.hostseed.cloudinit.iso;

import org.jspecify.annotations.NullMarked;
