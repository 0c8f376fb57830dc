package dev.hostseed.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkFailureTest {
    @Test
    void a_thread_that_was_asked_to_stop_is_asked_again_where_it_waits_next() {
        Pair.Work endless = () -> await(new CountDownLatch(1));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Pair.run(List.of(endless, endless)))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted")
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_crew_ends_with_the_failure_that_came_first_and_stops_what_runs() {
        var waits = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        var work = new ArrayList<Callable<String>>();
        work.add(() -> {
            waits.countDown();
            try {
                new CountDownLatch(1).await();
                return "";
            } finally {
                stopped.countDown();
            }
        });
        work.add(() -> {
            waits.await();
            throw new IOException("first");
        });

        assertThatThrownBy(() -> Crew.run(2, work))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("first");
        assertThat(stopped.getCount()).isZero();
    }

    @Test
    void a_pair_ends_with_the_failure_of_what_was_to_be_done_first() {
        var second = new CountDownLatch(1);

        assertThatThrownBy(() -> Pair.run(List.of(
                        () -> {
                            await(second);
                            throw new IOException("first");
                        },
                        () -> {
                            second.countDown();
                            throw new IOException("second");
                        })))
                .hasMessage("first");
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException asked) {
            throw WorkFailure.of(asked);
        }
    }
}
