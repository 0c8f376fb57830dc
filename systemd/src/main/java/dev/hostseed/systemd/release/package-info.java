/// A release: everything that a host needs beside the runtime and the images, as files by target path; and putting one
/// on a host, so that at any moment it is wholly the old one or wholly the new one.
@NullMarked
package dev.hostseed.systemd.release;

import org.jspecify.annotations.NullMarked;
