package dev.hostseed.core.notation;

import java.net.InetAddress;

/// IP addresses and networks as text; no name is ever looked up.
public final class Addresses {
    private Addresses() {}

    public static boolean isAddress(String text) {
        return isIpv4(text) || isIpv6(text);
    }

    public static boolean isIpv4(String text) {
        var parts = text.split("\\.", -1);
        for (var part : parts) {
            var number = Digits.number(part);
            if (number < 0 || number > 255 || part.length() > 3 || (part.length() > 1 && part.startsWith("0"))) {
                return false;
            }
        }
        return parts.length == 4;
    }

    public static boolean isIpv6(String text) {
        if (text.length() > 45
                || text.indexOf(':') < 0
                || !text.chars().allMatch(c -> "0123456789abcdefABCDEF:.".indexOf(c) >= 0)) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /// An address, a slash and the length of its prefix.
    public static boolean isSubnet(String text) {
        var slash = text.indexOf('/');
        var length = slash < 0 ? -1 : Digits.number(text.substring(slash + 1));
        var address = slash < 0 ? text : text.substring(0, slash);
        return length >= 0 && ((isIpv4(address) && length <= 32) || (isIpv6(address) && length <= 128));
    }

    /// Whether `address` is one of `subnet`, which is a subnet.
    public static boolean isWithin(String address, String subnet) {
        var slash = subnet.indexOf('/');
        var bits = Digits.number(subnet.substring(slash + 1));
        var a = InetAddress.ofLiteral(address).getAddress();
        var b = InetAddress.ofLiteral(subnet.substring(0, slash)).getAddress();
        if (a.length != b.length) {
            return false;
        }
        for (var i = 0; i < bits; i++) {
            if (((a[i / 8] ^ b[i / 8]) >> (7 - i % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }
}
