package dev.hostseed.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EnvironmentProxiesTest {
    @Test
    void each_scheme_has_its_proxy_in_capitals_or_not() throws IOException {
        var proxies = new EnvironmentProxies(Map.of("HTTPS_PROXY", "proxy.example:3128", "http_proxy", "http://other"));

        assertThat(proxies.find(URI.create("https://registry.example/v2/")))
                .contains(URI.create("http://proxy.example:3128"));
        assertThat(proxies.find(URI.create("http://registry.example/v2/"))).contains(URI.create("http://other"));
        assertThat(new EnvironmentProxies(Map.of()).find(URI.create("http://registry.example/")))
                .isEmpty();
    }

    @Test
    void this_machine_is_reached_without_a_proxy() throws IOException {
        for (var host : new String[] {"localhost:5000", "127.0.0.1", "127.3.4.5:80", "[::1]:5000"}) {
            assertThat(find("", "http://" + host + "/")).as(host).isEmpty();
        }
    }

    @Test
    void what_no_proxy_names_is_reached_without_one() throws IOException {
        for (var exception : new String[] {
            "*",
            "registry.example",
            "example",
            ".example",
            "*.example",
            "other, REGISTRY.example ",
            "registry.example:443"
        }) {
            assertThat(find(exception, "https://registry.example/"))
                    .as(exception)
                    .isEmpty();
        }
        for (var other :
                new String[] {"", "gistry.example", "registry.example:5000", ".registry.example", "10.0.0.0/8"}) {
            assertThat(find(other, "https://registry.example/")).as(other).isPresent();
        }
    }

    @Test
    void a_network_excepts_its_addresses() throws IOException {
        assertThat(find("10.0.0.0/8", "https://10.200.3.4:5000/")).isEmpty();
        assertThat(find("10.1.2.128/25", "https://10.1.2.127/")).isPresent();
        assertThat(find("10.1.2.128/25", "https://10.1.2.129/")).isEmpty();
        assertThat(find("10.0.0.0/99,10.0.0.0/x,/8", "https://10.0.0.1/")).isPresent();
    }

    @Test
    void a_proxy_of_another_kind_is_refused_without_its_password() {
        for (var proxy : new String[] {"socks5://u:secret@proxy", "https://u:secret@proxy", "http://u:secret@"}) {
            assertThatThrownBy(() -> new EnvironmentProxies(Map.of("HTTPS_PROXY", proxy))
                            .find(URI.create("https://registry.example/")))
                    .isInstanceOf(RegistryUnreachableException.class)
                    .hasMessageContaining("HTTPS_PROXY")
                    .hasMessageNotContaining("secret");
        }
    }

    private static Optional<URI> find(String exceptions, String uri) throws IOException {
        return new EnvironmentProxies(
                        Map.of("HTTPS_PROXY", "http://proxy:1", "HTTP_PROXY", "http://proxy:1", "NO_PROXY", exceptions))
                .find(URI.create(uri));
    }
}
