package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.mapping;
import static dev.hostseed.core.source.Key.scalar;
import static dev.hostseed.core.source.Key.since;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.notation.Addresses;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Predicate;

/// `networks` of a service: by name, what it is on each.
final class AttachmentKeys {
    /// The option of a driver that the Engine reads itself.
    private static final String INTERFACE = "com.docker.network.endpoint.ifname";

    private static final EngineValue WHOLE = EngineValues.whole(-999_999_999, 999_999_999);

    static final Keys<AttachmentDraft> KEYS = Keys.<AttachmentDraft>of(
            list("aliases", (node, into, scope) -> into.aliases = Fields.textOrTexts(node, scope)),
            scalar(
                    "ipv4_address",
                    (node, into, scope) -> into.ipv4 = address(node, "an IPv4 address", Addresses::isIpv4, scope)),
            scalar(
                    "ipv6_address",
                    (node, into, scope) -> into.ipv6 = address(node, "an IPv6 address", Addresses::isIpv6, scope)),
            list("link_local_ips", AttachmentKeys::linkLocal),
            scalar("mac_address", (node, into, scope) -> {
                into.macAt = node.at();
                into.macAddress = MacAddresses.read(node, scope);
            }),
            mapping("driver_opts", AttachmentKeys::driverOptions),
            since(49, scalar("interface_name", AttachmentKeys::interfaceName)),
            since(
                    48,
                    scalar(
                            "gw_priority",
                            (node, into, scope) ->
                                    WHOLE.read(node, scope).ifPresent(data -> into.settings.put("GwPriority", data)))),
            scalar(
                    "priority",
                    (node, into, scope) ->
                            WHOLE.read(node, scope).ifPresent(data -> into.priority = ((Data.Whole) data).value())));

    private AttachmentKeys() {}

    static void read(Node node, ServiceDraft into, Scope scope) {
        var drafts = new ArrayList<AttachmentDraft>();
        if (node instanceof Node.Mapping networks) {
            for (var network : networks.entries()) {
                draft(network.key().text(), network.key().at(), scope).ifPresent(draft -> {
                    if (!(network.value() instanceof Node.Scalar scalar && scalar.isNull())) {
                        KEYS.read(network.value(), draft, scope);
                    }
                    drafts.add(draft);
                });
            }
        }
        Fields.refuseNameless(node, scope);
        drafts.sort(AttachmentDraft.FIRST_TO_LAST);
        drafts.stream().skip(1).forEach(draft -> draft.needsAddressOfItsOwn(scope.needs()));
        drafts.forEach(draft -> into.networks.add(draft.attachment()));
    }

    private static Optional<AttachmentDraft> draft(String name, Position at, Scope scope) {
        return Fields.made(name, at, scope, "write the key of a network", ResourceName::new)
                .map(network -> new AttachmentDraft(network, at));
    }

    private static void linkLocal(Node node, AttachmentDraft into, Scope scope) {
        into.linkLocal = Fields.textOrTexts(node, scope);
        for (var address : into.linkLocal) {
            if (!Addresses.isAddress(address)) {
                scope.report().error(node.at(), "'" + address + "' is not an IP address", "write one, or remove it");
            }
        }
    }

    private static void driverOptions(Node node, AttachmentDraft into, Scope scope) {
        Fields.options(node, scope).forEach((name, value) -> {
            option(node, name, value, into, scope);
            if (name.equals(INTERFACE)) {
                scope.needs().add(node.at(), "'" + name + "'", new EngineApi(49));
            }
        });
    }

    private static void option(Node node, String name, String value, AttachmentDraft into, Scope scope) {
        var other = into.options.put(name, value);
        if (other != null && !other.equals(value)) {
            scope.report().error(node.at(), "the interface has two names", "remove one of them");
        }
    }

    /// Rule: Linux, `dev_valid_name`.
    private static void interfaceName(Node node, AttachmentDraft into, Scope scope) {
        Fields.made(node, scope, "write at most 15 letters, digits, '.', '_' and '-'", text -> {
                    if (!text.matches("[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,14}")) {
                        throw new IllegalArgumentException("'" + text + "' is not the name of an interface");
                    }
                    return text;
                })
                .ifPresent(name -> option(node, INTERFACE, name, into, scope));
    }

    private static String address(Node node, String what, Predicate<String> rule, Scope scope) {
        var text = Fields.text(node, scope).orElse("");
        if (!text.isEmpty() && !rule.test(text)) {
            scope.report().error(node.at(), "'" + text + "' is not " + what, "write one, or remove it");
            return "";
        }
        return text;
    }
}
