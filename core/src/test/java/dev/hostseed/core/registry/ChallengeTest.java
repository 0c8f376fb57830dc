package dev.hostseed.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChallengeTest {
    @Test
    void what_registries_send_is_read() {
        assertThat(Challenge.parse(List.of(
                        "Bearer realm=\"https://auth.example/token\",service=\"registry.example\",scope=\"a:b:pull,push\"",
                        "Basic realm=\"Registry Realm\"")))
                .containsExactly(
                        challenge(
                                "bearer",
                                Map.of(
                                        "realm",
                                        "https://auth.example/token",
                                        "service",
                                        "registry.example",
                                        "scope",
                                        "a:b:pull,push")),
                        challenge("basic", Map.of("realm", "Registry Realm")));
    }

    @Test
    void several_challenges_may_share_a_header() {
        assertThat(Challenge.parse(List.of("Negotiate, Basic realm=x , , Bearer  realm = \"y\" , service=z")))
                .containsExactly(
                        challenge("negotiate", Map.of()),
                        challenge("basic", Map.of("realm", "x")),
                        challenge("bearer", Map.of("realm", "y", "service", "z")));
        assertThat(Challenge.parse(List.of("NTLM dG9rZW4==, BASIC Realm=\"a\\\"b\\\\c\"")))
                .last()
                .isEqualTo(challenge("basic", Map.of("realm", "a\"b\\c")));
    }

    @Test
    void what_cannot_be_read_ends_the_header() {
        assertThat(Challenge.parse(List.of("Basic realm=\"x\" ; what"))).hasSize(1);
        assertThat(Challenge.parse(List.of("Bearer realm=\"no end")))
                .containsExactly(challenge("bearer", Map.of("realm", "no end")));
        assertThat(Challenge.parse(List.of("", "  ,", "=", "\"", "\\", "é"))).isEmpty();
    }

    @Test
    void what_was_written_is_read_again() {
        for (var seed = 0L; seed < 3000; seed++) {
            var random = new Random(seed);
            var challenges = new ArrayList<Challenge>();
            for (var i = random.nextInt(4); i >= 0; i--) {
                var parameters = new TreeMap<String, String>();
                for (var j = random.nextInt(4); j > 0; j--) {
                    parameters.put(token(random), text(random));
                }
                challenges.add(new Challenge(token(random), parameters));
            }

            assertThat(Challenge.parse(List.of(written(challenges, random))))
                    .as("seed " + seed)
                    .isEqualTo(challenges);
        }
    }

    @Test
    void whatever_comes_something_is_made_of_it() {
        var alphabet = "Bearer Basic realm=\"\\,;= \t\r\n\0é%";
        for (var seed = 0L; seed < 20_000; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (var i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }

            assertThat(Challenge.parse(List.of(text.toString())))
                    .as("seed " + seed)
                    .allMatch(challenge -> !challenge.scheme().isEmpty());
        }
    }

    private static String written(List<Challenge> challenges, Random random) {
        var text = new StringBuilder();
        for (var challenge : challenges) {
            text.append(text.isEmpty() ? "" : ", ").append(challenge.scheme());
            var mark = " ";
            for (var parameter : challenge.parameters().entrySet()) {
                text.append(mark).append(parameter.getKey()).append('=');
                var value = parameter.getValue();
                var plain = !value.isEmpty() && value.chars().allMatch(c -> c == 'a' || c == 'b');
                text.append(
                        plain && random.nextBoolean()
                                ? value
                                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
                mark = random.nextBoolean() ? "," : " , ";
            }
        }
        return text.toString();
    }

    private static String token(Random random) {
        return Long.toString(random.nextLong(1, Long.MAX_VALUE), 36);
    }

    private static String text(Random random) {
        var alphabet = "ab/:= ,\"\\;é";
        var text = new StringBuilder();
        for (var i = random.nextInt(12); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static Challenge challenge(String scheme, Map<String, String> parameters) {
        return new Challenge(scheme, new TreeMap<>(parameters));
    }
}
