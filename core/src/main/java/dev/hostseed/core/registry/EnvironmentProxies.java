package dev.hostseed.core.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The proxies that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name, in capitals or not. This machine is reached
/// without one.
///
/// Rule: as Docker reads them, which is Go's golang.org/x/net/http/httpproxy.
final class EnvironmentProxies extends ProxySelector {
    private final Map<String, String> environment;

    EnvironmentProxies(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI uri) {
        try {
            return List.of(find(uri).map(EnvironmentProxies::proxy).orElse(Proxy.NO_PROXY));
        } catch (RegistryUnreachableException unusable) {
            throw new IllegalArgumentException(unusable.getMessage(), unusable); // [#find] was asked before
        }
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // who asks gets the failure
    }

    /// The proxy on the way to `uri`.
    ///
    /// @throws RegistryUnreachableException if it is one that is not spoken to
    Optional<URI> find(URI uri) throws RegistryUnreachableException {
        var name = uri.getScheme().equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
        var written = variable(name);
        if (written.isEmpty() || Settings.isLoopback(uri.getHost()) || isExcepted(uri)) {
            return Optional.empty();
        }
        try {
            var proxy = new URI(written.contains("://") ? written : "http://" + written);
            if (proxy.getHost() != null && "http".equals(proxy.getScheme())) {
                return Optional.of(proxy);
            }
        } catch (URISyntaxException notOne) {
            // said below
        }
        throw new RegistryUnreachableException(
                name + " is not a proxy that hostseed speaks to; write http://HOST:PORT, or unset it");
    }

    /// The value of `Proxy-Authorization` for `proxy`; empty if it names no user.
    static Optional<String> authorization(URI proxy) {
        var user = proxy.getUserInfo();
        return Optional.ofNullable(user)
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private static Proxy proxy(URI uri) {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort()));
    }

    private String variable(String name) {
        var value = environment.getOrDefault(name, "");
        return (value.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : value).strip();
    }

    private boolean isExcepted(URI uri) {
        for (var entry : variable("NO_PROXY").split(",")) {
            if (!entry.isBlank() && matches(entry.strip().toLowerCase(Locale.ROOT), uri)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String entry, URI uri) {
        if (entry.equals("*")) {
            return true;
        }
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        if (entry.contains("/")) {
            return isInNetwork(entry, host);
        }
        var name = Settings.hostOf(entry);
        if (name.length() < entry.length() && !entry.endsWith(":" + portOf(uri))) {
            return false;
        }
        var dotted = name.startsWith("*.") ? name.substring(1) : name;
        return host.equals(dotted) || host.endsWith(dotted.startsWith(".") ? dotted : "." + dotted);
    }

    private static int portOf(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    }

    /// Whether `host` is an address in the network `entry`, such as `10.0.0.0/8`. Names are not looked up.
    private static boolean isInNetwork(String entry, String host) {
        try {
            var slash = entry.indexOf('/');
            var network = InetAddress.ofLiteral(entry.substring(0, slash)).getAddress();
            var address = InetAddress.ofLiteral(host).getAddress();
            var bits = Integer.parseInt(entry.substring(slash + 1));
            if (network.length != address.length || bits < 0 || bits > 8 * network.length) {
                return false;
            }
            for (var bit = 0; bit < bits; bit++) {
                if (((network[bit / 8] ^ address[bit / 8]) >> 7 - bit % 8 & 1) != 0) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
