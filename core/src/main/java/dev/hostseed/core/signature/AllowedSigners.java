package dev.hostseed.core.signature;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Files of SSH keys: `allowed_signers`, with principals and options on each line, and `.pub`, with one key
/// alone.
///
/// Rule: ssh-keygen(1), "ALLOWED SIGNERS"; sshd(8), "AUTHORIZED_KEYS FILE FORMAT".
final class AllowedSigners {
    private AllowedSigners() {}

    /// Every key in an `allowed_signers` file; each line has one, is empty, or starts with `#`.
    ///
    /// @param zone of times without a `Z`
    /// @param file for messages
    static List<TrustedKey> read(String text, ZoneId zone, String file) throws BadSignatureException {
        var keys = new ArrayList<TrustedKey>();
        var number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    keys.add(signer(line, zone, file));
                } catch (BadSignatureException wrong) {
                    throw wrong.in("line " + number);
                }
            }
        }
        if (keys.isEmpty()) {
            throw new BadSignatureException("no key in it");
        }
        return keys;
    }

    /// The one key in a `.pub` file.
    static TrustedKey readPublicKey(String text, String file) throws BadSignatureException {
        var line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (line.indexOf('\n') >= 0) {
            throw new BadSignatureException("more than the one line of a public key; a list of them is a file called "
                    + "*.allowed_signers, with a name before each");
        }
        var words = new Words(line);
        var key = key(words);
        return new TrustedKey.Ssh(key, TrustedKey.Allowed.ALWAYS, words.rest(), file);
    }

    private static TrustedKey signer(String line, ZoneId zone, String file) throws BadSignatureException {
        var words = new Words(line);
        var principals = words.next("principals");
        var options = words.nextIsKeyType() ? TrustedKey.Allowed.ALWAYS : SignerOptions.read(words.options(), zone);
        return new TrustedKey.Ssh(key(words), options, principals, file);
    }

    private static SshKey key(Words words) throws BadSignatureException {
        var type = words.next("the type of a key");
        if (!Words.isKeyType(type)) {
            throw new BadSignatureException("'" + type + "' is not the type of a key");
        }
        var key = SshKey.read(CanonicalBase64.decode(words.next("a key")));
        if (!key.type().equals(type)) {
            throw new BadSignatureException("the key is '" + key.type() + "', but '" + type + "' stands before it");
        }
        return key;
    }
}
