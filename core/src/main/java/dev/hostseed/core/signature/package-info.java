/// Signatures over a lock, and whose of them this host takes: SSH signatures, as `ssh-keygen -Y sign` writes
/// them, and those of cosign with a key pair. The bytes of a lock, its signature files and a directory of
/// trusted keys go in; who signed comes out, or the one exception. Checking needs the Java platform alone;
/// signing calls `ssh-keygen`, which knows agents, passphrases and security keys.
///
/// Rules: OpenSSH's PROTOCOL.sshsig, PROTOCOL.u2f and ssh-keygen(1), "ALLOWED SIGNERS"; RFC 4251, 5656, 8332,
/// 8709; sigstore's bundle format 0.3.
@NullMarked
package dev.hostseed.core.signature;

import org.jspecify.annotations.NullMarked;
