package dev.hostseed.core.source;

import dev.hostseed.core.canonical.MachineModel;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Set;

/// `x-host.users`: cloud-init's keys of a user. Rule: cloud-init, "Users and Groups".
final class UserKeys {
    static final Set<String> KNOWN = Set.of(
            "name",
            "gecos",
            "homedir",
            "primary_group",
            "groups",
            "no_create_home",
            "no_user_group",
            "no_log_init",
            "hashed_passwd",
            "passwd",
            "plain_text_passwd",
            "lock_passwd",
            "shell",
            "ssh_authorized_keys",
            "ssh_import_id",
            "ssh_redirect_user",
            "sudo",
            "doas",
            "system",
            "uid",
            "create_groups",
            "expiredate",
            "inactive",
            "selinux_user",
            "snapuser");

    private UserKeys() {}

    static void read(Node node, MachineDraft into, Scope scope) {
        if (!(node instanceof Node.Sequence users)) {
            return;
        }
        for (var user : users.items()) {
            if (user instanceof Node.Mapping keys) {
                into.users.add(user(keys, scope));
            } else if (!(user instanceof Node.Scalar(var at, var text, var plain) && text.equals("default"))) {
                scope.report().error(user.at(), "expected a user, found " + user.kind(), "write {name: …}");
            }
        }
    }

    private static Data.Mapping user(Node.Mapping keys, Scope scope) {
        var user = new LinkedHashMap<String, Data>();
        for (var entry : keys.entries()) {
            var key = entry.key().text();
            var at = entry.key().at();
            if (key.startsWith("x-")) {
                continue;
            }
            if (!KNOWN.contains(key)) {
                scope.report().as(Code.Y07).error(at, "unknown key '" + key + "'", Nearest.remedy(key, KNOWN));
            } else if (key.equals("plain_text_passwd")) {
                scope.report()
                        .as(Code.C05)
                        .error(at, "a password in clear", "whoever reads the seed has it", "write hashed_passwd");
            } else if (key.equals("ssh_authorized_keys")) {
                user.put(key, Data.texts(SshKeys.read(entry.value(), scope)));
            } else if (MachineModel.USER_TEXTS.contains(key)) {
                Fields.text(entry.value(), scope).ifPresent(text -> user.put(key, new Data.Text(text)));
            } else {
                user.put(key, CloudInitValues.typed(entry.value(), scope));
            }
        }
        keys.find("name")
                .ifPresentOrElse(
                        name -> refuseUnlessName(name, scope),
                        () -> scope.report().error(keys.at(), "a user without a name", "write 'name'"));
        return new Data.Mapping(user);
    }

    private static void refuseUnlessName(Node node, Scope scope) {
        Fields.text(node, scope)
                .filter(name -> !isName(name))
                .ifPresent(name -> scope.report()
                        .error(
                                node.at(),
                                "'" + name + "' is not the name of a user",
                                "start with a letter; use letters, digits, '_' and '-', at most 32"));
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= 32
                && (Character.isLetter(name.charAt(0)) || name.charAt(0) == '_')
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_-.".indexOf(c) >= 0));
    }
}
