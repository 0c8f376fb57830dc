package dev.hostseed.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EarlyTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void is_asked_before_the_answer_is_wanted_and_only_once_for_that() throws Exception {
        var begun = new CountDownLatch(1);
        var early = Early.ask(() -> {
            begun.countDown();
            return asked.incrementAndGet();
        });

        begun.await();

        assertThat(early.answer()).isEqualTo(1);
    }

    @Test
    void is_asked_anew_when_the_answer_is_wanted_again() throws IOException {
        var early = Early.ask(asked::incrementAndGet);

        assertThat(early.answer()).isEqualTo(1);
        assertThat(early.answer()).isEqualTo(2);
        assertThat(early.answer()).isEqualTo(3);
    }

    @Test
    void tells_why_there_is_no_answer_and_can_have_one_later() throws IOException {
        var early = Early.ask(() -> {
            if (asked.incrementAndGet() == 1) {
                throw new IOException("away");
            }
            return "here";
        });

        assertThatThrownBy(early::answer).isExactlyInstanceOf(IOException.class).hasMessage("away");
        assertThat(early.answer()).isEqualTo("here");
    }

    @Test
    void a_bug_stays_what_it_is() {
        var early = Early.ask(() -> {
            throw new IllegalStateException("a bug");
        });

        assertThatThrownBy(early::answer).isExactlyInstanceOf(IllegalStateException.class);
    }
}
