package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.scan.PathPattern.Glob;
import dev.hostseed.core.scan.PathRules.PathRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether each rule of the tables finds what it is for, wherever it lies and whatever became of it, and nothing else.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RulesTest {
    private static final int SEED = 4;
    private static final int EDGE = TextScanner.window().bytes.length - Window.AHEAD;
    private static final byte[] LONG_TEXT = lines(3 * EDGE);

    /// A secret that exactly one rule is for.
    ///
    /// @param file where it lies
    /// @param isText whether it may stand amid other text
    record Planted(String rule, Severity severity, String file, byte[] content, boolean isText) {
        static Planted text(SecretRule rule, String text) {
            return text(rule, rule.severity(), text);
        }

        static Planted text(SecretRule rule, Severity severity, String text) {
            return new Planted(rule.id(), severity, "srv/app/notes.txt", text.getBytes(ISO_8859_1), true);
        }

        static Planted file(SecretRule rule, Severity severity, String file, byte[] content) {
            return new Planted(rule.id(), severity, file, content, false);
        }

        static Planted file(SecretRule rule, String file, String content) {
            return file(rule, rule.severity(), file, content.getBytes(ISO_8859_1));
        }

        @Override
        public String toString() {
            return rule + " " + file;
        }
    }

    static Stream<Planted> planted() {
        var random = new Random(SEED);
        var all = new ArrayList<Planted>();
        ContentRules.ALL.forEach(finder -> all.addAll(planted(finder, random)));
        var settings = "db_password = " + Samples.base64(20, random) + "7\n";
        all.add(Planted.file(AssignmentFinder.RULE, "srv/app/app.conf", settings));
        all.addAll(containers());
        PathRules.ALL.forEach(rule -> all.addAll(planted(rule, random)));
        return all.stream();
    }

    private static List<Planted> planted(Finder finder, Random random) {
        return switch (finder) {
            case TokenFinder(var rule, var least, var shapes) ->
                shapes.stream()
                        .map(shape -> Planted.text(rule, Samples.of(shape, random)))
                        .toList();
            case NamedFinder(var rule, var least, var shape, var names) ->
                names.stream()
                        .map(name -> Planted.text(rule, name + " = " + Samples.of(shape, random) + "\n"))
                        .toList();
            case AwsFinder ignored -> aws(random);
            case PrivateKeyFinder ignored -> keys(random);
            case PuttyKeyFinder putty ->
                List.of(
                        Planted.text(putty.rules().getFirst(), putty("none", random)),
                        Planted.text(putty.rules().getFirst(), Severity.MEDIUM, putty("aes256-cbc", random)));
            case UrlFinder ignored ->
                List.of(Planted.text(
                        UrlFinder.RULE, "db=postgres://app:" + Samples.base64(16, random) + "@db:5432/app"));
            default -> throw new AssertionError("no sample for " + finder);
        };
    }

    private static List<Planted> aws(Random random) {
        var id = Samples.of(Shape.of("AKIA[A-Z0-9]{16}"), random);
        var secret = Samples.run(Alphabet.of("A-Za-z0-9/+"), 40, random);
        return List.of(
                Planted.text(AwsFinder.ID, "id " + id + "\n"),
                Planted.text(AwsFinder.SECRET, "id: " + id + "\nsecret: " + secret + "\n"));
    }

    private static List<Planted> keys(Random random) {
        var key = Samples.privateKey();
        var der = Samples.ecKey();
        return List.of(
                Planted.text(PrivateKeyFinder.RULE, key),
                Planted.text(PrivateKeyFinder.RULE, key.replace("\n", "\\n")),
                Planted.text(PrivateKeyFinder.RULE, "\"" + key.replace("\n", "\\n\" +\n  \"") + "\""),
                Planted.text(PrivateKeyFinder.RULE, "# " + key.replace("\n", "\n# ")),
                Planted.text(PrivateKeyFinder.RULE, Samples.openSshKey("none", random)),
                Planted.text(PrivateKeyFinder.RULE, Severity.MEDIUM, Samples.openSshKey("aes256-ctr", random)),
                Planted.text(PrivateKeyFinder.RULE, Severity.MEDIUM, Samples.pem("ENCRYPTED PRIVATE KEY", der)),
                Planted.text(
                        PrivateKeyFinder.RULE,
                        Severity.MEDIUM,
                        Samples.pem("RSA PRIVATE KEY", der)
                                .replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n")),
                Planted.text(
                        PrivateKeyFinder.SERVICE_ACCOUNT,
                        "{\"type\": \"service_account\", \"private_key\": \"" + key.replace("\n", "\\n") + "\"}"));
    }

    private static String putty(String encryption, Random random) {
        return "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: " + encryption
                + "\nComment: me\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\n" + Samples.base64(44, random) + "\n";
    }

    private static List<Planted> containers() {
        return List.of(
                Planted.file(KeyContainers.DER, Severity.HIGH, "srv/app/server.key", Samples.ecKey()),
                Planted.file(KeyContainers.PKCS12, Severity.MEDIUM, "srv/app/server.p12", Samples.pkcs12("02")),
                Planted.file(KeyContainers.PKCS12, Severity.HIGH, "srv/app/server.pfx", Samples.pkcs12("01")),
                Planted.file(KeyContainers.JKS, Severity.MEDIUM, "srv/app/server.jks", Samples.javaKeyStore(1)),
                Planted.file(KeyContainers.KEEPASS, Severity.MEDIUM, "srv/app/all.kdbx", new byte[] {
                    3, (byte) 0xd9, (byte) 0xa2, (byte) 0x9a, 0x67, (byte) 0xfb, 0x4b, (byte) 0xb5, 0, 0
                }));
    }

    private static List<Planted> planted(PathRule rule, Random random) {
        var value = Samples.base64(24, random);
        var content = rule.needles().isEmpty()
                ? value + "\n"
                : switch (rule.needles().getFirst()) {
                    case FileValue.VARIABLE -> "# mine\nAPI_TOKEN=" + value + "\n";
                    case "://" -> "https://me:" + value + "@git.internal\n";
                    case String needle -> "first = 1\n" + needle + " \"" + value + "\"\n";
                };
        return rule.file().globs().stream()
                .map(glob -> Planted.file(rule.rule(), path(glob), content))
                .toList();
    }

    private static String path(Glob glob) {
        var middle = String.join("/", glob.components()).replace("*", "rsa");
        return (glob.isAnywhere() ? "root/" : "") + middle + (glob.isBelow() ? "/one" : "");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void a_secret_is_found(Planted secret) throws IOException {
        var findings =
                TestImage.of(new TestLayer().file(secret.file, secret.content)).findings();

        assertFound(findings, secret, "/" + secret.file, new Fate.Present());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void a_deleted_secret_is_found(Planted secret) throws IOException {
        var name = secret.file.substring(secret.file.lastIndexOf('/') + 1);
        var whiteout = secret.file.substring(0, secret.file.length() - name.length()) + ".wh." + name;

        var findings = TestImage.of(
                        new TestLayer().file(secret.file, secret.content),
                        new TestLayer().file("other", "1"),
                        new TestLayer().file(whiteout, ""))
                .findings();

        assertFound(findings, secret, "/" + secret.file, new Fate.Deleted(3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void an_overwritten_secret_is_found(Planted secret) throws IOException {
        var findings = TestImage.of(
                        new TestLayer().file(secret.file, secret.content), new TestLayer().file(secret.file, "\n"))
                .findings();

        assertThat(findings).filteredOn(finding -> finding.layer() == 1).hasSize(1);
        assertFound(List.of(findings.getFirst()), secret, "/" + secret.file, new Fate.Overwritten(2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void a_secret_in_a_directory_that_became_opaque_is_found(Planted secret) throws IOException {
        var directory = secret.file.substring(0, secret.file.lastIndexOf('/'));

        var findings = TestImage.of(
                        new TestLayer().file(secret.file, secret.content),
                        new TestLayer().file(directory + "/.wh..wh..opq", ""))
                .findings();

        assertFound(findings, secret, "/" + secret.file, new Fate.Deleted(2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void a_secret_whose_directory_was_deleted_is_found(Planted secret) throws IOException {
        var top = secret.file.substring(0, secret.file.indexOf('/'));

        var findings = TestImage.of(
                        new TestLayer().file(secret.file, secret.content), new TestLayer().file(".wh." + top, ""))
                .findings();

        assertFound(findings, secret, "/" + secret.file, new Fate.Deleted(2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void a_secret_that_has_another_name_still_is_present(Planted secret) throws IOException {
        var name = secret.file.substring(secret.file.lastIndexOf('/') + 1);
        var whiteout = secret.file.substring(0, secret.file.length() - name.length()) + ".wh." + name;

        var findings = TestImage.of(
                        new TestLayer().file(secret.file, secret.content).hardLink("opt/copy", secret.file),
                        new TestLayer().file(whiteout, ""))
                .findings();

        assertFound(findings, secret, "/" + secret.file, new Fate.Present());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void a_secret_in_a_jar_is_found(Planted secret) throws IOException {
        var jar = Samples.zip(secret.file, secret.content);

        var findings = TestImage.of(new TestLayer().file("srv/app.jar", jar)).findings();

        assertFound(findings, secret, "/srv/app.jar!/" + secret.file, new Fate.Present());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void a_secret_in_a_compressed_tar_is_found(Planted secret) throws IOException {
        var tar = Samples.gzip(new TestLayer().file(secret.file, secret.content).tar());

        var findings = TestImage.of(new TestLayer().file("srv/old.tgz", tar)).findings();

        assertFound(findings, secret, "/srv/old.tgz!/" + secret.file, new Fate.Present());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void a_compressed_secret_is_found(Planted secret) throws IOException {
        if (secret.isText) {
            var findings = TestImage.of(new TestLayer().file("srv/log.1.gz", Samples.gzip(secret.content)))
                    .findings();

            assertFound(findings, secret, "/srv/log.1.gz", new Fate.Present());
        }
    }

    private static byte[] lines(int length) {
        var random = new Random(SEED);
        var text = new byte[length];
        Arrays.fill(text, (byte) ' ');
        for (var i = 0; i < text.length; i += 1 + random.nextInt(100)) {
            text[i] = '\n';
        }
        return text;
    }

    /// Across every edge of a window, at each byte of what is looked at first.
    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void a_secret_amid_a_long_text_is_found(Planted secret) throws IOException {
        if (!secret.isText) {
            return;
        }
        for (var before :
                new int[] {EDGE - secret.content.length, EDGE - 40, EDGE - 12, EDGE - 5, EDGE - 1, EDGE, EDGE + 1}) {
            var text = Arrays.copyOf(LONG_TEXT, before + secret.content.length + EDGE);
            System.arraycopy(secret.content, 0, text, before, secret.content.length);
            text[before - 1] = '\n';
            text[before + secret.content.length] = '\n';
            var lines = TextScanner.lines(new Window(text), 0, before);

            var findings = TestImage.of(new TestLayer().file(secret.file, text)).findings();

            assertFound(findings, secret, "/" + secret.file, new Fate.Present());
            assertThat(findings.getFirst().line()).as("line, %d before", before).isBetween(lines + 1, lines + 6);
        }
    }

    /// Against the regular expression that a pattern stands for.
    @Test
    void a_pattern_is_about_the_paths_that_it_says() {
        var words = new String[] {
            "etc",
            "ssh",
            "ssh_host_a_key",
            ".ssh",
            "id_a",
            "run",
            "secrets",
            "var",
            ".env",
            ".env.a",
            ".config",
            "gcloud",
            "rancher",
            "a.yaml",
            "kubernetes",
            ".azure",
            "x"
        };
        for (var seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            var path = new StringBuilder(words[random.nextInt(words.length)]);
            for (var more = random.nextInt(5); more > 0; more--) {
                path.append('/').append(words[random.nextInt(words.length)]);
            }
            for (var rule : PathRules.ALL) {
                for (var glob : rule.file().globs()) {
                    var pattern = String.join("/", glob.components())
                            .replace(".", "\\.")
                            .replace("*", "[^/]*");
                    var whole = (glob.isAnywhere() ? "(.*/)?" : "") + pattern + (glob.isBelow() ? "/.+" : "");
                    assertThat(glob.matches(path.toString()))
                            .as("seed %d: %s at %s", seed, glob, path)
                            .isEqualTo(path.toString().matches(whole));
                }
            }
        }
    }

    /// A shape that would fit less than it says would be no rule.
    @Test
    void what_is_a_character_short_is_not_found() throws IOException {
        var random = new Random(SEED);
        for (var finder : ContentRules.ALL) {
            if (finder instanceof TokenFinder(var rule, var least, var shapes)) {
                for (var shape : shapes) {
                    assertNothing("a " + Samples.tooShort(shape, random) + " b", shape);
                    assertNothing("a x" + Samples.of(shape, random) + " b", shape);
                    var last = shape.parts().getLast();
                    if (last.least() == last.most() && !last.isText()) {
                        assertNothing(
                                "a " + Samples.of(shape, random) + Samples.run(last.alphabet(), 1, random), shape);
                    }
                }
            }
        }
    }

    @Test
    void what_only_shows_where_a_secret_would_stand_is_not_found() throws IOException {
        for (var finder : ContentRules.ALL) {
            if (finder instanceof TokenFinder(var rule, var least, var shapes)) {
                for (var shape : shapes) {
                    var text = new StringBuilder();
                    shape.parts()
                            .forEach(part -> text.append(
                                    part.isText()
                                            ? part.text()
                                            : "x".repeat(part.least()).replace('x', first(part.alphabet()))));
                    assertNothing("a " + text + " b", shape);
                }
            }
        }
    }

    private static char first(Alphabet alphabet) {
        var c = 'x';
        for (var i = 0; !alphabet.has(c); i++) {
            c = (char) i;
        }
        return c;
    }

    private static void assertNothing(String text, Shape shape) throws IOException {
        assertThat(TestImage.of(new TestLayer().file("srv/app/notes.txt", text)).findings())
                .as("%s in %s", shape, text)
                .isEmpty();
    }

    @Test
    void every_rule_is_planted() {
        var expected = new HashSet<String>();
        SecretRules.content().forEach(rule -> expected.add(rule.id()));
        SecretRules.paths().forEach(rule -> expected.add(rule.id()));

        assertThat(planted().map(Planted::rule)).containsAll(expected);
    }

    @Test
    void ids_are_of_one_rule_each() {
        var rules = new ArrayList<>(SecretRules.content());
        rules.addAll(SecretRules.paths());
        rules.addAll(SecretRules.others());

        assertThat(rules).extracting(SecretRule::id).doesNotHaveDuplicates();
        assertThat(rules).extracting(SecretRule::id).allMatch(id -> id.matches("[a-z0-9-]+"));
    }

    private static void assertFound(List<Finding> findings, Planted secret, String path, Fate fate) {
        assertThat(findings).as("findings at %s", path).hasSize(1);
        var finding = findings.getFirst();
        assertThat(finding.rule().id()).isEqualTo(secret.rule);
        assertThat(finding.severity()).isEqualTo(secret.severity);
        assertThat(finding.path()).isEqualTo(path);
        assertThat(finding.fate()).isEqualTo(fate);
        assertThat(finding.preview().length()).isLessThanOrEqualTo(Math.min(4, finding.length() / 4));
    }
}
