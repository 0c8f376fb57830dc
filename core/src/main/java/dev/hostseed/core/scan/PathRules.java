package dev.hostseed.core.scan;

import static dev.hostseed.core.scan.Severity.HIGH;
import static dev.hostseed.core.scan.Severity.MEDIUM;

import java.util.List;
import java.util.Optional;

/// Files that hold secrets by what they are for.
final class PathRules {
    /// @param file whether a path is one of these
    /// @param needles texts of which one must be in the file; none if being there is enough
    record PathRule(SecretRule rule, PathPattern file, List<String> needles) {
        /// What is the secret in a file at such a path, all of which is in `window`: what follows a needle, or all.
        Optional<Hit> find(Window window) {
            if (needles.isEmpty()) {
                return Optional.of(Hit.of(rule, window, window.from, window.end));
            }
            for (var needle : needles) {
                var value = FileValue.after(window, needle);
                if (value.isPresent()) {
                    return value.map(span -> Hit.of(rule, window, span.start(), span.end()));
                }
            }
            return Optional.empty();
        }

        /// Whether the file is secret as a whole.
        boolean isWhole() {
            return needles.isEmpty();
        }
    }

    static final List<PathRule> ALL = List.of(
            rule(
                    "ssh-host-key",
                    HIGH,
                    "the key of an SSH server, which every host would share",
                    "etc/ssh/ssh_host_*_key"),
            rule("ssh-private-key", HIGH, "a private SSH key", "**/.ssh/id_*", "**/.ssh/identity"),
            rule("run-secret", HIGH, "a secret that a build was given", "run/secrets/**", "var/run/secrets/**"),
            rule("gnupg-key", HIGH, "a secret key of GnuPG", "**/.gnupg/private-keys-v1.d/*", "**/.gnupg/secring.gpg"),
            rule(
                    "snakeoil-key",
                    MEDIUM,
                    "the self-made key of ssl-cert, which every host would share",
                    "etc/ssl/private/ssl-cert-snakeoil.key"),
            within("netrc", "a password in .netrc", List.of("password "), "**/.netrc", "**/_netrc"),
            within(
                    "npmrc",
                    "a token in .npmrc",
                    List.of("_authToken=", "_authToken =", "_auth=", "_auth =", "_password="),
                    "**/.npmrc"),
            within("pypirc", "a password in .pypirc", List.of("password:", "password =", "password="), "**/.pypirc"),
            within(
                    "git-credentials",
                    "a password in .git-credentials",
                    List.of("://"),
                    "**/.git-credentials",
                    "**/.config/git/credentials"),
            within(
                    "docker-config",
                    "a registry's credentials",
                    List.of("\"auth\":", "\"identitytoken\":"),
                    "**/.docker/config.json",
                    "**/.dockercfg",
                    "**/containers/auth.json"),
            within(
                    "aws-credentials",
                    "credentials of Amazon Web Services",
                    List.of("aws_secret_access_key"),
                    "**/.aws/credentials",
                    "**/.aws/config"),
            within(
                    "kube-config",
                    "credentials of a Kubernetes cluster",
                    List.of("client-key-data:", "token:", "password:"),
                    "**/.kube/config",
                    "etc/kubernetes/*.conf",
                    "etc/rancher/*/*.yaml"),
            within(
                    "gcloud-credentials",
                    "credentials of Google Cloud",
                    List.of("\"refresh_token\":", "\"client_secret\":"),
                    "**/.config/gcloud/**",
                    "**/application_default_credentials.json"),
            within(
                    "azure-credentials",
                    "credentials of Azure",
                    List.of("\"refreshToken\":", "\"refresh_token\":", "\"secret\":"),
                    "**/.azure/*"),
            within(
                    "cargo-credentials",
                    "a token of a Rust registry",
                    List.of("token ="),
                    "**/.cargo/credentials",
                    "**/.cargo/credentials.toml"),
            within("gem-credentials", "a key of RubyGems", List.of(":rubygems_api_key:"), "**/.gem/credentials"),
            within(
                    "maven-settings",
                    "a password of a Maven repository",
                    List.of("<password>", "<passphrase>"),
                    "**/.m2/settings.xml"),
            within(
                    "gradle-properties",
                    "a password of a Gradle build",
                    List.of("assword=", "assword =", "oken=", "oken ="),
                    "**/.gradle/gradle.properties"),
            within(
                    "composer-auth",
                    "a token of Composer",
                    List.of("\"password\":", "\"github.com\":"),
                    "**/.composer/auth.json",
                    "**/.config/composer/auth.json"),
            within(
                    "rclone-config",
                    "credentials of rclone",
                    List.of("pass =", "token =", "secret_access_key ="),
                    "**/rclone/rclone.conf",
                    "**/.rclone.conf"),
            within(
                    "database-password",
                    "a password of a database",
                    List.of("password=", "password ="),
                    "**/.my.cnf",
                    "**/.mylogin.cnf",
                    "**/.pg_service.conf"),
            rule("pgpass", HIGH, "a password of PostgreSQL", "**/.pgpass"),
            new PathRule(
                    new SecretRule(
                            "env-file",
                            HIGH,
                            "a secret in a file of variables",
                            "a value after a name that speaks of a secret, in `**/.env`, `**/.env.*`"),
                    PathPattern.of("**/.env", "**/.env.*"),
                    List.of(FileValue.VARIABLE)),
            rule("git-directory", MEDIUM, "a git directory, with all that was ever committed", "**/.git/HEAD"),
            rule(
                    "shell-history",
                    MEDIUM,
                    "what was typed into a shell or a client",
                    "**/.bash_history",
                    "**/.zsh_history",
                    "**/.ash_history",
                    "**/.sh_history",
                    "**/.mysql_history",
                    "**/.psql_history",
                    "**/.rediscli_history",
                    "**/.python_history",
                    "**/.node_repl_history"),
            new PathRule(
                    new SecretRule("password-hash", MEDIUM, "the hash of a password", "`$…$` in `etc/shadow`"),
                    PathPattern.of("etc/shadow", "etc/shadow-"),
                    List.of(":$")));

    private static final PathIndex INDEX = new PathIndex(ALL);

    private PathRules() {}

    /// The rule for a file at `path`, if there is one.
    static Optional<PathRule> of(String path) {
        return INDEX.find(path);
    }

    private static PathRule rule(String id, Severity severity, String what, String... files) {
        return new PathRule(new SecretRule(id, severity, what, quoted(files)), PathPattern.of(files), List.of());
    }

    private static PathRule within(String id, String what, List<String> needles, String... files) {
        return new PathRule(
                new SecretRule(
                        id, HIGH, what, "a value after `" + String.join("`, `", needles) + "` in " + quoted(files)),
                PathPattern.of(files),
                needles);
    }

    private static String quoted(String... files) {
        return "`" + String.join("`, `", files) + "`";
    }
}
