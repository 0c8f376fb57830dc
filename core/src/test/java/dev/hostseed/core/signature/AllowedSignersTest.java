package dev.hostseed.core.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AllowedSignersTest {
    private static final String KEY = SshSigner.of("ssh-ed25519").publicKey();
    private static final String OTHER = SshSigner.of("ecdsa-sha2-nistp256").publicKey();
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    @Test
    void lines_have_principals_options_and_a_key() throws Exception {
        var keys = read("""
                # who signs releases

                alice@example.com,*@release.example.com %s Alice's laptop
                "bob the builder" namespaces="hostseed-*,file",valid-after="20260101Z" %s
                carol\tVALID-BEFORE="203001011200"\t %s   a comment with "quotes
                """.formatted(KEY, OTHER, KEY));

        assertThat(keys)
                .extracting(TrustedKey::name)
                .containsExactly("alice@example.com,*@release.example.com", "bob the builder", "carol");
        assertThat(keys).extracting(TrustedKey::file).containsOnly("allowed_signers");
        assertThat(((TrustedKey.Ssh) keys.get(1)).allowed())
                .isEqualTo(new TrustedKey.Allowed("hostseed-*,file", Instant.parse("2026-01-01T00:00:00Z"), null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alice                                              | expected the type of a key, found nothing
            alice ssh-ed25519                                  | expected a key, found nothing
            KEY                                                | 'AAAAC3
            alice cert-authority KEY                           | 'cert-authority' would trust certificates
            alice CERT-AUTHORITY,namespaces="file" KEY         | 'cert-authority' would trust certificates
            alice no-touch-required KEY                        | option 'no-touch-required' is not known
            alice namespaces KEY                               | option 'namespaces' without ="
            alice namespaces=file KEY                          | option 'namespaces' without a value in quotes
            alice namespaces="" KEY                            | option 'namespaces' without a value in quotes
            alice namespaces="file KEY                         | a quote that is not closed
            alice namespaces="a",namespaces="b" KEY            | option 'namespaces' is there twice
            alice namespaces="a"valid-after="20260101" KEY     | no comma after option 'namespaces'
            alice namespaces="a", KEY                          | option '' is not known
            alice ,namespaces="a" KEY                          | option '' is not known
            alice valid-after="2026" KEY                       | valid-after: '2026' is not a time
            alice valid-after="20260230" KEY                   | valid-after: '20260230' is not a time
            alice valid-after="202601012460" KEY               | valid-after: '202601012460' is not a time
            alice valid-before="20260101z" KEY                 | valid-before: '20260101z' is not a time
            alice valid-before="+2026010" KEY                  | valid-before: '+2026010' is not a time
            alice valid-after="20270101",valid-before="20260101" KEY | valid-before is not later than valid-after
            "alice KEY                                         | a quote that is not closed
            "alice"KEY                                         | a quote that is not closed, or is not before a blank
            "" KEY                                             | expected principals, found nothing
            alice ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAA             | damaged: it ends too early
            alice ssh-dss AAAAB3NzaC1kc3M=                     | 'ssh-dss' is not a kind of key that is taken
            alice ssh-ed25519 AAAA=                            | damaged: not base64
            alice ssh-ed25519 ****                             | damaged: not base64
            """, quoteCharacter = '\0')
    void a_line_that_is_wrong_is_refused_with_its_number(String line, String message) {
        assertThatThrownBy(() -> read("# first\n" + line.replace("KEY", KEY) + "\n"))
                .isInstanceOf(BadSignatureException.class)
                .hasMessageStartingWith("line 2: " + (message.startsWith("'AAAA") ? "option '" : message));
    }

    @Test
    void the_type_before_a_key_is_that_of_the_key() {
        assertThatThrownBy(() -> read("alice ssh-rsa " + KEY.split(" ", -1)[1]))
                .hasMessage("line 1: the key is 'ssh-ed25519', but 'ssh-rsa' stands before it");
    }

    @Test
    void control_characters_are_refused() {
        assertThatThrownBy(() -> read("alice " + KEY + "\r\n")).hasMessage("line 1: a control character in it");
        assertThatThrownBy(() -> read("al\0ice " + KEY + "\n")).hasMessage("line 1: a control character in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nobody\n"})
    void a_file_without_a_key_is_refused(String text) {
        assertThatThrownBy(() -> read(text)).hasMessage("no key in it");
    }

    @Test
    void a_public_key_file_has_one_key_and_may_have_a_comment() throws Exception {
        assertThat(AllowedSigners.readPublicKey(KEY + " alice at home\n", "a.pub"))
                .isEqualTo(new TrustedKey.Ssh(
                        SshKey.read(SshSigner.of("ssh-ed25519").blob()),
                        TrustedKey.Allowed.ALWAYS,
                        "alice at home",
                        "a.pub"));
        for (var wrong : List.of("", KEY + "\n" + OTHER, "alice " + KEY, "namespaces=\"file\" " + KEY)) {
            assertThatThrownBy(() -> AllowedSigners.readPublicKey(wrong, "a.pub"))
                    .isInstanceOf(BadSignatureException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hostseed-bundle, true",
        "'hostseed-*', true",
        "'file,hostseed-bundle', true",
        "'*', true",
        "'hostseed-?undle', true",
        "'h*d*e', true",
        "file, false",
        "'*,!hostseed-bundle', false",
        "'!file,*', true",
        "'!file', false",
        "'hostseed', false",
        "'hostseed-bundle?', false"
    })
    void namespaces_are_patterns(String patterns, boolean matches) {
        assertThat(PatternList.matches(SshSignature.NAMESPACE, patterns)).isEqualTo(matches);
    }

    @Test
    void a_hostile_pattern_takes_no_time() {
        assertThat(PatternList.matches("a".repeat(10_000), "*a".repeat(1_000) + "b"))
                .isFalse();
    }

    @Test
    void both_ends_of_the_time_of_a_key_belong_to_it() throws Exception {
        var allowed = allowed("valid-after=\"20260701120000Z\",valid-before=\"202607011201Z\"");

        allowed.check(NOON);
        allowed.check(NOON.plusSeconds(60).plusMillis(999));
        assertThatThrownBy(() -> allowed.check(NOON.minusMillis(1)))
                .hasMessage("trusted from 2026-07-01T12:00:00Z on, and this machine's clock says 2026-07-01T11:59:59Z;"
                        + " if the clock is wrong, set it and try again");
        assertThatThrownBy(() -> allowed.check(NOON.plusSeconds(61)))
                .hasMessageStartingWith("trusted until 2026-07-01T12:01:00Z, and this machine's clock says 2026-07-01");
    }

    @Test
    void times_without_a_z_are_those_of_the_zone() throws Exception {
        var line = "a valid-after=\"20260701\" " + KEY;
        var inKiritimati =
                AllowedSigners.read(line, ZoneId.of("Pacific/Kiritimati"), "x").getFirst();

        assertThat(((TrustedKey.Ssh) inKiritimati).allowed().after()).isEqualTo("2026-06-30T10:00:00Z");
    }

    @Test
    void a_key_for_other_namespaces_is_not_trusted() throws Exception {
        assertThatThrownBy(() -> allowed("namespaces=\"file,git\"").check(NOON))
                .hasMessage("trusted for the namespaces 'file,git' alone, not for hostseed-bundle");
    }

    @Test
    void whatever_comes_is_read_or_refused_by_the_one_exception() {
        var good = "\"a b\",c namespaces=\"hostseed-*\",valid-before=\"20300101Z\" %s comment\n# more\nd %s\n"
                .formatted(KEY, OTHER)
                .getBytes(StandardCharsets.UTF_8);
        for (var seed = 0; seed < 20_000; seed++) {
            var text = new String(Mutation.of(good, new Random(seed)), StandardCharsets.UTF_8);
            try {
                assertThat(read(text)).isNotEmpty();
            } catch (BadSignatureException expected) {
                // refused
            } catch (RuntimeException other) {
                fail("seed " + seed, other);
            }
        }
    }

    private static TrustedKey.Allowed allowed(String options) throws BadSignatureException {
        return SignerOptions.read(options, ZoneOffset.UTC);
    }

    private static List<TrustedKey> read(String text) throws BadSignatureException {
        return AllowedSigners.read(text, ZoneOffset.UTC, "allowed_signers");
    }
}
