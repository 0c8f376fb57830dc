package dev.hostseed.core.registry;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// What this machine says of registries.
///
/// @param insecure hosts, with their ports if they have one, whose certificate is not looked at, and that may be
/// spoken to without any
/// @param certificates the directory that has one for each registry with certificates of its own
/// @param environment `DOCKER_CONFIG`, `HTTPS_PROXY` and their like; copied in
public record Settings(Set<String> insecure, Path certificates, Map<String, String> environment, Patience patience) {
    private static final Path DOCKER_CERTIFICATES = Path.of("/etc/docker/certs.d");

    public Settings {
        insecure = Set.copyOf(insecure);
        environment = Map.copyOf(environment);
    }

    /// As Docker has them.
    public static Settings ofThisMachine(Set<String> insecure, Map<String, String> environment) {
        return new Settings(insecure, DOCKER_CERTIFICATES, environment, Patience.USUAL);
    }

    /// Whether the registry at `authority` may be spoken to without TLS: it is on this machine, or the user says so.
    boolean mayBePlain(String authority) {
        return isLoopback(hostOf(authority)) || insecure.contains(authority);
    }

    /// Whether the certificate of `authority` has to be good. That of this machine itself need not be, as with Docker,
    /// unless somebody wrote down which one it has to be.
    boolean mustBeGood(String authority, boolean hasOwnCertificates) {
        return !insecure.contains(authority) && (hasOwnCertificates || !isLoopback(hostOf(authority)));
    }

    /// Whether `host` is this machine itself. Names are not looked up: a name server is not to decide it.
    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.equals("[::1]") || isLoopbackAddress(host);
    }

    /// The host in `host:port`, or in `host`.
    static String hostOf(String authority) {
        var colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    private static boolean isLoopbackAddress(String host) {
        var parts = host.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (var part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }
}
