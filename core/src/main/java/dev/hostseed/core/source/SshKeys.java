package dev.hostseed.core.source;

import dev.hostseed.core.yaml.Node;
import java.util.List;
import java.util.Set;

/// Public keys of SSH, as `authorized_keys` has them, without options.
final class SshKeys {
    private static final Set<String> TYPES = Set.of(
            "ssh-ed25519",
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    private SshKeys() {}

    static List<String> read(Node node, Scope scope) {
        if (!(node instanceof Node.Sequence list)) {
            scope.report().error(node.at(), "expected a list, found " + node.kind(), "write a list of keys");
            return List.of();
        }
        for (var item : list.items()) {
            if (item instanceof Node.Scalar key && !isKey(key.text())) {
                scope.report()
                        .error(
                                item.at(),
                                "not a public key of SSH on one line",
                                "write 'TYPE BASE64 [comment]', TYPE one of "
                                        + String.join(
                                                ", ", TYPES.stream().sorted().toList()));
            }
        }
        return Fields.texts(list, true, scope);
    }

    private static boolean isKey(String text) {
        var words = text.split(" ", 3);
        return text.chars().noneMatch(c -> c < ' ' || c == 0x7f)
                && words.length >= 2
                && TYPES.contains(words[0])
                && words[1].startsWith("AAAA")
                && words[1].chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '+' || c == '/' || c == '=');
    }
}
