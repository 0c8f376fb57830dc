package dev.hostseed.core.source;

import dev.hostseed.core.yaml.Node;
import java.util.regex.Pattern;

/// `mac_address`, of a service and on a network.
final class MacAddresses {
    private static final Pattern RULE = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

    private MacAddresses() {}

    /// Empty if the report says why there is none.
    static String read(Node node, Scope scope) {
        return Fields.made(node, scope, "write six pairs of hex digits, such as 02:42:ac:11:00:03", text -> {
                    if (!RULE.matcher(text).matches()) {
                        throw new IllegalArgumentException("'" + text + "' is not a MAC address");
                    }
                    if (Integer.parseInt(text.substring(0, 2), 16) % 2 == 1) {
                        throw new IllegalArgumentException("'" + text + "' is the address of a group");
                    }
                    return text;
                })
                .orElse("");
    }
}
