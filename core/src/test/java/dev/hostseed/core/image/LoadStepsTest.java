package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class LoadStepsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void every_step_is_brought_once_and_complete_after_those_that_it_needs() throws IOException {
        for (var seed = 0; seed < 300; seed++) {
            var plan = LoadPlan.ofChains(LoadPlanTest.family(new Random(seed)), Map.of(), 1);
            var engine = new Recorded(plan);

            LoadSteps.bring(plan, seed % 2 == 0, engine);

            assertThat(engine.complete).as("seed " + seed).containsExactlyInAnyOrderElementsOf(plan);
            assertThat(engine.tooEarly).as("seed " + seed).isEmpty();
        }
    }

    @Test
    void a_step_begins_while_the_one_before_it_is_unpacked() throws IOException {
        var plan = LoadPlan.ofChains(List.of(LoadPlanTest.image(0, 1, 2)), Map.of(), 1);
        var second = new CountDownLatch(1);

        LoadSteps.bring(plan, true, (step, turn) -> {
            if (step == plan.getLast()) {
                second.countDown();
                assertThat(turn.await(LONG)).isTrue();
            } else {
                await(second);
            }
        });

        assertThat(second.getCount()).isZero();
    }

    @Test
    void a_turn_that_does_not_come_soon_is_waited_for_again() throws IOException {
        var plan = LoadPlan.ofChains(List.of(LoadPlanTest.image(0, 1, 2)), Map.of(), 1);
        var second = new CountDownLatch(1);

        LoadSteps.bring(plan, true, (step, turn) -> {
            if (step == plan.getLast()) {
                assertThat(turn.await(Duration.ofMillis(1))).isFalse();
                second.countDown();
                assertThat(turn.await(LONG)).isTrue();
            } else {
                await(second);
            }
        });
    }

    @Test
    void after_a_failure_no_step_is_begun_and_those_that_wait_are_given_up() {
        var plan = LoadPlan.ofChains(List.of(LoadPlanTest.image(0, 1, 2, 3)), Map.of(), 1);
        var begun = new ArrayList<LoadStep>();
        var second = new CountDownLatch(1);

        assertThatThrownBy(() -> LoadSteps.bring(plan, true, (step, turn) -> {
                    synchronized (begun) {
                        begun.add(step);
                    }
                    if (step == plan.getFirst()) {
                        await(second);
                        throw new IOException("the Engine says no");
                    }
                    second.countDown();
                    turn.await(LONG);
                }))
                .hasMessage("the Engine says no");

        assertThat(begun).containsExactlyInAnyOrderElementsOf(plan.subList(0, 2));
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException asked) {
            throw new IOException(asked);
        }
    }

    /// Which steps are complete, without an Engine.
    private static final class Recorded implements LoadSteps.Way {
        private final List<LoadStep> plan;
        final List<LoadStep> complete = new ArrayList<>();
        final Set<LoadStep> tooEarly = new HashSet<>();

        Recorded(List<LoadStep> plan) {
            this.plan = plan;
        }

        @Override
        public void bring(LoadStep step, LoadSteps.Turn turn) throws IOException {
            Thread.yield();
            assertThat(turn.await(LONG)).isTrue();
            synchronized (this) {
                if (!step.after().stream().map(plan::get).allMatch(complete::contains)) {
                    tooEarly.add(step);
                }
                complete.add(step);
            }
        }
    }
}
