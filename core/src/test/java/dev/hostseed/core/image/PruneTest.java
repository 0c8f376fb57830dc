package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.LoadRecord.Brought;
import dev.hostseed.core.image.Prune.Fate;
import dev.hostseed.core.testing.ScriptedEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PruneTest {
    private static final Brought OLD = brought("a/web:1", 1);

    @TempDir
    private Path work = Path.of("/nonexistent");

    @AutoClose
    private @Nullable ScriptedEngine started;

    @BeforeEach
    void start() throws IOException {
        started = ScriptedEngine.start(work, 44, false);
    }

    @Test
    void an_image_that_no_release_needs_is_removed_by_its_id() throws IOException {
        fake().put(OLD.config().value(), List.of("a/web:1"));

        var report = prune(false, OLD);

        assertThat(report.fates()).containsEntry(OLD, new Fate.Removed(1000));
        assertThat(report.freed()).isEqualTo(1000);
        assertThat(fake().changes()).containsExactly("DELETE /images/" + OLD.config() + "?noprune=1");
    }

    @Test
    void D17_an_image_that_lost_its_name_to_the_next_is_removed_and_the_name_stays() throws IOException {
        fake().put(OLD.config().value(), List.of());
        fake().put("sha256:foreign", List.of("a/web:1"));
        fake().put("sha256:dangling", List.of());

        prune(false, OLD);

        assertThat(fake().ids()).containsExactly("sha256:dangling", "sha256:foreign");
        assertThat(fake().named("a/web:1")).isEqualTo("sha256:foreign");
    }

    @Test
    void an_image_that_a_container_uses_stays() throws IOException {
        fake().put(OLD.config().value(), List.of("a/web:1"));
        fake().containers(List.of(Data.mapping().with("ImageID", OLD.config().value())));

        assertThat(prune(false, OLD).fates()).containsEntry(OLD, new Fate.Kept("a container uses it"));
        assertThat(fake().changes()).isEmpty();
    }

    @Test
    void an_image_that_a_container_has_mounted_stays() throws IOException {
        fake().put(OLD.config().value(), List.of("a/web:1"));
        var mount = Data.mapping().with("Type", "image").with("Source", "a/web:1");
        fake().containers(List.of(
                Data.mapping().with("ImageID", "sha256:other").with("Mounts", new Data.Sequence(List.of(mount)))));

        assertThat(prune(false, OLD).fates()).containsEntry(OLD, new Fate.Kept("a container uses it"));
    }

    @Test
    void an_image_to_which_somebody_gave_another_name_stays() throws IOException {
        fake().put(OLD.config().value(), List.of("a/web:1", "mine:1"));

        assertThat(prune(false, OLD).fates()).containsEntry(OLD, new Fate.Kept("it is also mine:1"));
        assertThat(fake().changes()).isEmpty();
    }

    @Test
    void an_image_under_two_names_of_ours_loses_both() throws IOException {
        var other = new Brought("a/admin:1", OLD.config(), OLD.loaded());
        fake().put(OLD.config().value(), List.of("a/web:1", "a/admin:1"));

        var report = prune(false, OLD, other);

        assertThat(fake().ids()).isEmpty();
        assertThat(report.fates().values()).containsExactly(new Fate.Removed(1000), new Fate.Gone());
    }

    @Test
    void an_image_that_is_gone_already_is_forgotten() throws IOException {
        var report = prune(false, OLD);

        assertThat(report.isGone(OLD)).isTrue();
        assertThat(report.freed()).isZero();
    }

    @Test
    void an_image_of_containerds_store_is_known_by_its_manifest() throws IOException {
        fake().put(OLD.loaded().value(), List.of("a/web:1"));

        assertThat(prune(false, OLD).isGone(OLD)).isTrue();
        assertThat(fake().ids()).isEmpty();
    }

    @Test
    void a_dry_run_tells_all_and_changes_nothing() throws IOException {
        fake().put(OLD.config().value(), List.of("a/web:1"));

        assertThat(prune(true, OLD).fates()).containsEntry(OLD, new Fate.Removed(1000));
        assertThat(fake().changes()).isEmpty();
    }

    @Test
    void an_engine_that_refuses_is_quoted_and_the_others_go_on() throws IOException {
        var second = brought("a/db:1", 7);
        fake().put(OLD.config().value(), List.of("a/web:1"));
        fake().put(second.config().value(), List.of("a/db:1"));
        fake().fault((request, in, out) -> {
            if (!request.startsWith("DELETE /images/" + OLD.config())) {
                return false;
            }
            ScriptedEngine.reply(out, 409, Data.mapping().with("message", "image has dependent child images"));
            return true;
        });

        var report = prune(false, OLD, second);

        assertThat(report.fates().values())
                .containsExactly(new Fate.Kept("image has dependent child images"), new Fate.Removed(1000));
    }

    @Test
    void what_a_failed_load_left_is_removed() throws IOException {
        part("sha256:part", List.of("sha256:a"));

        assertThat(prune(true).parts()).isEqualTo(1);
        assertThat(fake().ids()).containsExactly("sha256:part");

        assertThat(prune(false).parts()).isEqualTo(1);
        assertThat(fake().ids()).isEmpty();
    }

    @Test
    void what_a_failed_load_left_stays_if_somebody_made_it_theirs() throws IOException {
        part("sha256:used", List.of("sha256:a"));
        fake().containers(List.of(Data.mapping().with("ImageID", "sha256:used")));

        assertThat(prune(false).parts()).isZero();
        assertThat(fake().changes()).isEmpty();
    }

    @Test
    void what_a_failed_load_left_of_an_image_that_is_needed_stays_for_the_next() throws IOException {
        var lock = TestBundles.make(work.resolve("bundle"), "a/web:2", TestImages.layer("x", "x"));
        var lowest = lock.images().getFirst().layers().getFirst().plain().digest();
        part("sha256:needed", List.of(lowest.value()));
        part("sha256:other", List.of(lowest.value(), "sha256:b"));

        var report = Prune.run(Engine.at(fake().socket()), List.of(), List.of(lock), false);

        assertThat(report.parts()).isEqualTo(1);
        assertThat(fake().ids()).containsExactly("sha256:needed");
    }

    @Test
    void an_image_of_a_release_that_is_kept_stays() throws IOException {
        var lock = TestBundles.make(work.resolve("bundle"), "a/web:2", TestImages.layer("x", "x"));
        var needed = Brought.of(lock.images().getFirst());
        fake().put(needed.config().value(), List.of("a/web:2"));

        var report = Prune.run(Engine.at(fake().socket()), List.of(needed), List.of(lock), false);

        assertThat(report.fates()).isEmpty();
        assertThat(fake().changes()).isEmpty();
    }

    private void part(String id, List<String> layers) {
        fake().put(id, List.of(), layers);
        fake().label(id, LoadStream.PART);
    }

    private Prune.Report prune(boolean dryRun, Brought... brought) throws IOException {
        return Prune.run(Engine.at(fake().socket()), List.of(brought), List.of(), dryRun);
    }

    private ScriptedEngine fake() {
        return Objects.requireNonNull(started);
    }

    private static Brought brought(String reference, int number) {
        return new Brought(reference, Digest.of(new byte[] {(byte) number}), Digest.of(new byte[] {(byte) number, 1}));
    }
}
