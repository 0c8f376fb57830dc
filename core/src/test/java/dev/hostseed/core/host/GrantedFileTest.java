package dev.hostseed.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.GrantedFile.Kind;
import org.junit.jupiter.api.Test;

class GrantedFileTest {
    private static GrantedFile file(Kind kind, String name, String content) {
        return new GrantedFile(kind, new ResourceName(name), Bytes.of(content));
    }

    /// From OpenSSL's PBKDF2 over the digest in hexadecimal digits.
    @Test
    void the_fingerprint_of_a_secret_is_stretched() {
        assertThat(file(Kind.SECRET, "password", "password").fingerprint())
                .isEqualTo("63ba28bffeff9727db83f2a8e9235e8bdebe4f4d4eafa43199e53094f3100cdd");
    }

    @Test
    void the_fingerprint_of_a_config_is_its_digest() {
        assertThat(file(Kind.CONFIG, "words", "words").fingerprint())
                .isEqualTo(Digest.of(Bytes.of("words").toArray()).hex());
    }

    @Test
    void secrets_of_one_value_have_fingerprints_of_their_own() {
        assertThat(file(Kind.SECRET, "a", "1234").fingerprint())
                .isEqualTo(file(Kind.SECRET, "a", "1234").fingerprint())
                .isNotEqualTo(file(Kind.SECRET, "b", "1234").fingerprint())
                .isNotEqualTo(file(Kind.SECRET, "a", "1235").fingerprint());
    }

    @Test
    void its_text_does_not_have_its_content() {
        assertThat(file(Kind.SECRET, "password", "hunter2")).hasToString("secret password");
        assertThat(file(Kind.SECRET, "a", "x"))
                .isEqualTo(file(Kind.SECRET, "a", "x"))
                .isNotEqualTo(file(Kind.SECRET, "a", "y"));
    }
}
