package dev.hostseed.core.source;

import dev.hostseed.core.canonical.Modes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.yaml.Node;
import java.util.Optional;

/// The mode of a granted file. Plain digits without a zero before them are a decimal number for Compose, which hardly
/// anybody means.
final class GrantMode {
    private static final int READ = 04;
    private static final String OCTAL = "write octal digits such as 0440";

    private GrantMode() {}

    static Optional<FileMode> read(Node node, Kind kind, Scope scope) {
        return Fields.text(node, scope).flatMap(text -> {
            var bits = Modes.bits(node);
            if (bits.isEmpty()) {
                scope.report().error(node.at(), "'" + text + "' is not a mode", OCTAL);
                return Optional.empty();
            }
            var number = node instanceof Node.Scalar scalar && scalar.plain() && !text.startsWith("0");
            return number && !isMeant(bits.get(), text, node, scope)
                    ? Optional.empty()
                    : allowed(bits.get(), node, kind, scope);
        });
    }

    /// Whether a decimal number is meant as one, such as the 288 that JSON has for 0440. One that rather is a mode if
    /// read as octal digits is not.
    private static boolean isMeant(int bits, String text, Node node, Scope scope) {
        var octal = Modes.bits(new Node.Scalar(node.at(), text, false));
        if (isReasonable(bits) && octal.filter(GrantMode::isReasonable).isEmpty()) {
            return true;
        }
        scope.report()
                .error(
                        node.at(),
                        "'" + text + "' is a decimal number, and as a mode " + "0%03o".formatted(bits),
                        octal.map(ignored -> "write 0" + text).orElse(OCTAL));
        return false;
    }

    /// Whether somebody may want it: each class has no more rights than the one before, and those that have any read.
    private static boolean isReasonable(int bits) {
        var owner = bits >> 6;
        var group = bits >> 3 & 07;
        var others = bits & 07;
        return bits <= 0777 && includes(owner, group) && includes(group, others) && (owner & READ) != 0;
    }

    private static boolean includes(int more, int fewer) {
        return (more & fewer) == fewer && (fewer == 0 || (fewer & READ) != 0);
    }

    private static Optional<FileMode> allowed(int bits, Node node, Kind kind, Scope scope) {
        if (bits > 0777) {
            scope.report()
                    .error(node.at(), "a mode beyond 0777", "no file is to make its reader someone else", "remove it");
            return Optional.empty();
        }
        if (kind == Kind.SECRET && (bits & 02) != 0) {
            scope.report()
                    .error(
                            node.at(),
                            "a secret that everybody may write",
                            "it is mounted read-only all the same",
                            "write 0444 or less");
            return Optional.empty();
        }
        return Optional.of(new FileMode(bits));
    }
}
