package dev.hostseed.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoredLoginsTest {
    private static final RepositoryName WEB =
            new RepositoryName("registry.example:5000", "registry.example:5000", "team/web");
    private static final RepositoryName REDIS =
            new RepositoryName("short.example", "api.short.example", "library/redis");

    @TempDir
    private Path home = Path.of("/nonexistent");

    @Test
    void a_login_is_found_as_docker_writes_it() throws IOException {
        for (var key : new String[] {
            "registry.example:5000", "https://registry.example:5000", "https://registry.example:5000/v1/"
        }) {
            docker("{\"auths\": {\"other.example\": {\"auth\": \"eDp5\"}, \"%s\": {\"auth\": \"%s\"}}}"
                    .formatted(key, base64("ann:pass:word")));
            assertThat(find(WEB)).as(key).isEqualTo(new Credentials.Password("ann", "pass:word"));
        }
        docker("{\"auths\": {\"registry.example:5000\": {\"username\": \"ann\", \"password\": \"p\"}}}");
        assertThat(find(WEB)).isEqualTo(new Credentials.Password("ann", "p"));
        docker("{\"auths\": {\"registry.example:5000\": {\"auth\": \"%s\", \"identitytoken\": \"it\"}}}"
                .formatted(base64("ann:")));
        assertThat(find(WEB)).isEqualTo(new Credentials.IdentityToken("it"));
        docker("{\"auths\": {\"registry.example:5000\": {\"registrytoken\": \"rt\"}}}");
        assertThat(find(WEB)).isEqualTo(new Credentials.RegistryToken("rt"));
    }

    @Test
    void a_registry_is_known_by_the_name_it_goes_by_and_by_the_host_that_serves_it() throws IOException {
        for (var key : new String[] {"short.example", "api.short.example", "https://api.short.example/v1/"}) {
            docker("{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(key, base64("a:b")));
            assertThat(find(REDIS)).as(key).isEqualTo(new Credentials.Password("a", "b"));
        }
    }

    @Test
    void who_has_no_login_is_nobody() throws IOException {
        assertThat(find(WEB)).isEqualTo(new Credentials.None());
        docker("{}");
        assertThat(find(WEB)).isEqualTo(new Credentials.None());
        docker("{\"auths\": {\"registry.example\": {\"auth\": \"eDp5\"}, \"registry.example:5000\": {}}}");
        assertThat(find(WEB)).isEqualTo(new Credentials.None());
    }

    @Test
    void podmans_logins_are_found_where_docker_has_none_the_narrowest_first() throws IOException {
        docker("{}");
        var auth = home.resolve("containers/auth.json");
        Files.createDirectories(auth.resolveSibling("."));
        Files.writeString(
                auth,
                "{\"auths\": {\"registry.example:5000\": {\"auth\": \"%s\"}, \"registry.example:5000/team\": {\"auth\": \"%s\"}}}"
                        .formatted(base64("all:1"), base64("team:2")));

        assertThat(find(WEB)).isEqualTo(new Credentials.Password("team", "2"));
        Files.move(auth, home.resolve("elsewhere.json"));
        assertThat(find(WEB)).isEqualTo(new Credentials.None());
        assertThat(find(
                        WEB,
                        Map.of(
                                "REGISTRY_AUTH_FILE",
                                home.resolve("elsewhere.json").toString())))
                .isEqualTo(new Credentials.Password("team", "2"));
    }

    @Test
    void a_damaged_file_is_named_and_nothing_of_it_is_shown() throws IOException {
        for (var damaged : new String[] {
            "{\"auths\": {\"registry.example:5000\": {\"auth\": \"hunter2\"",
            "hunter2",
            "[\"hunter2\"]",
            "{\"auths\": {\"registry.example:5000\": {\"auth\": \"hunter2\"}}}",
            "{\"auths\": {\"registry.example:5000\": {\"auth\": \"" + base64("hunter2") + "\"}}}"
        }) {
            docker(damaged);
            assertThatThrownBy(() -> find(WEB))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageContaining(home.resolve("config.json").toString())
                    .hasMessageNotContaining("hunter2")
                    .hasNoCause();
        }
    }

    @Test
    void a_helper_is_asked_for_what_it_keeps() throws IOException {
        helper(
                "test",
                "read server; echo \"$1 $server\" >>\"$LOG\"; echo '{\"Username\": \"ann\", \"Secret\": \"pw\"}'");
        docker("{\"credsStore\": \"other\", \"credHelpers\": {\"registry.example:5000\": \"test\"}}");

        assertThat(find(WEB)).isEqualTo(new Credentials.Password("ann", "pw"));
        assertThat(home.resolve("log")).content().isEqualTo("get registry.example:5000\n");
    }

    @Test
    void a_helper_may_have_a_token_in_place_of_a_password() throws IOException {
        helper("test", "cat >/dev/null; echo '{\"Username\": \"<token>\", \"Secret\": \"it\"}'");
        docker("{\"credsStore\": \"test\"}");

        assertThat(find(WEB)).isEqualTo(new Credentials.IdentityToken("it"));
    }

    @Test
    void what_a_helper_does_not_have_is_no_fault() throws IOException {
        helper("test", "read s; echo $s >>$LOG; echo credentials not found in native keychain; exit 1");
        docker("{\"credsStore\": \"test\", \"auths\": {\"registry.example:5000\": {}}}");

        assertThat(find(WEB)).isEqualTo(new Credentials.None());
        assertThat(home.resolve("log"))
                .content()
                .isEqualTo("registry.example:5000\nhttps://registry.example:5000/v1/\n");
    }

    @Test
    void a_broken_helper_is_named() throws IOException {
        helper("bad", "echo 'no\033[31m keyring'; exit 2");
        docker("{\"credsStore\": \"bad\"}");
        assertThatThrownBy(() -> find(WEB))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("docker-credential-bad fails with status 2: no[31m keyring");
        helper("bad", "cat >/dev/null; echo 'hunter2'");
        assertThatThrownBy(() -> find(WEB))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("docker-credential-bad answers with something else than JSON")
                .hasMessageNotContaining("hunter2");
        for (var missing : new String[] {"missing", "../../bin/sh"}) {
            docker("{\"credsStore\": \"" + missing + "\"}");
            assertThatThrownBy(() -> find(WEB))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageContaining("no program 'docker-credential-" + missing + "' in PATH");
        }
    }

    @Test
    void no_login_shows_what_it_holds() {
        assertThat(new Credentials.Password("ann", "hunter2")).hasToString("a password of ann");
        assertThat(new Credentials.IdentityToken("hunter2").toString()).doesNotContain("hunter2");
        assertThat(new Credentials.RegistryToken("hunter2").toString()).doesNotContain("hunter2");
    }

    private Credentials find(RepositoryName repository) throws IOException {
        return find(repository, Map.of());
    }

    private Credentials find(RepositoryName repository, Map<String, String> more) throws IOException {
        var environment = new TreeMap<>(Map.of(
                "DOCKER_CONFIG", home.toString(),
                "XDG_RUNTIME_DIR", home.toString(),
                "PATH", home + ":/usr/bin:/bin",
                "LOG", home.resolve("log").toString()));
        environment.putAll(more);
        return new StoredLogins(environment).find(repository);
    }

    private void docker(String config) throws IOException {
        Files.writeString(home.resolve("config.json"), config);
    }

    private void helper(String name, String script) throws IOException {
        var program = Files.writeString(home.resolve("docker-credential-" + name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
