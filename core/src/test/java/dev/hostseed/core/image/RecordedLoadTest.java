package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineFullException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.LoadRecord.Brought;
import dev.hostseed.core.image.LoadRecord.Mark;
import dev.hostseed.core.image.LoadReport.Outcome;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import dev.hostseed.core.testing.ScriptedEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordedLoadTest {
    private static final String NOW = "boot-2";

    @TempDir
    private Path work = Path.of("/nonexistent");

    private final List<String> said = new ArrayList<>();
    private final List<ScriptedEngine> engines = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (var engine : engines) {
            engine.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void D20_what_is_on_its_way_is_recorded_before_the_first_byte_and_loaded_after_the_last(boolean containerd)
            throws IOException {
        var fake = engine(containerd);
        var lock = bundle("a/one:1", "one");
        var during = new ArrayList<LoadRecord>();
        fake.fault((request, in, out) -> {
            if (request.startsWith("POST")) {
                during.add(LoadRecord.read(record(), said::add));
            }
            return false;
        });

        load(fake, lock);

        var image = Brought.of(lock.images().getFirst());
        assertThat(during).containsExactly(new LoadRecord(List.of(image), new Mark.Loading(NOW, List.of(image))));
        assertThat(LoadRecord.read(record(), said::add))
                .isEqualTo(new LoadRecord(List.of(image), new Mark.Loaded(Digest.of(LockFile.write(lock)))));
        assertThat(said).isEmpty();
    }

    @Test
    void D20_an_image_that_is_lost_during_the_load_is_recorded_before_it_is_sent_again() throws IOException {
        var fake = engine(true);
        var images = new LinkedHashMap<String, List<byte[]>>();
        images.put("a/now:1", List.of(TestImages.layer("now", "now")));
        images.put("a/then:1", List.of(TestImages.layer("then", "then")));
        var lock = TestBundles.make(work.resolve("bundle"), images);
        var then = lock.images().getLast();
        var id = then.manifest().digest().value();
        fake.put(
                id,
                List.of("a/now:1"),
                List.of(then.layers().getFirst().plain().digest().value()));
        var during = new ArrayList<LoadRecord>();
        fake.fault((request, in, out) -> {
            if (!request.startsWith("POST /images/load")) {
                return false;
            }
            during.add(LoadRecord.read(record(), said::add));
            if (during.size() == 1) { // containerd drops what loses its last name
                fake.answer("DELETE /images/" + id, InputStream.nullInputStream(), OutputStream.nullOutputStream());
            }
            return false;
        });

        assertThat(load(fake, lock).outcomes().values()).containsOnly(Outcome.LOADED);

        var all = lock.images().stream().map(Brought::of).toList();
        assertThat(during)
                .extracting(LoadRecord::mark)
                .containsExactly(new Mark.Loading(NOW, all.subList(0, 1)), new Mark.Loading(NOW, all));
        assertThat(LoadRecord.read(record(), said::add).brought()).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void D20_what_was_on_its_way_when_the_power_was_cut_is_loaded_again(boolean containerd) throws IOException {
        var fake = engine(containerd);
        var lock = bundle("a/one:1", "one");
        load(fake, lock);
        cutOff(lock, "boot-1");
        var before = fake.changes().size();

        var report = load(fake, lock);

        assertThat(report.outcomes().values()).containsExactly(Outcome.LOADED);
        assertThat(fake.changes().subList(before, fake.changes().size()))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("DELETE /images/sha256:"),
                        second -> assertThat(second).startsWith("POST /images/load"));
        assertThat(said).containsExactly("a/one:1 was being loaded when the host went down: loading it again");
        assertThat(LoadRecord.read(record(), said::add).mark()).isInstanceOf(Mark.Loaded.class);
    }

    @Test
    void D20_what_carried_layers_when_the_power_was_cut_goes_too() throws IOException {
        var fake = engine(false);
        var lock = bundle("a/one:1", "one");
        fake.put("sha256:part", List.of());
        fake.label("sha256:part", LoadStream.PART);
        fake.put("sha256:other", List.of("mine:1"));
        cutOff(lock, "boot-1");

        load(fake, lock);

        assertThat(fake.ids()).hasSize(2).contains("sha256:other");
        assertThat(fake.changes()).startsWith("DELETE /images/sha256:part?noprune=1");
    }

    @Test
    void D20_what_a_killed_load_of_this_boot_brought_is_kept() throws IOException {
        var fake = engine(false);
        var lock = bundle("a/one:1", "one");
        load(fake, lock);
        cutOff(lock, NOW);
        var before = fake.changes();

        assertThat(load(fake, lock).outcomes().values()).containsExactly(Outcome.PRESENT);

        assertThat(fake.changes()).isEqualTo(before);
        assertThat(LoadRecord.read(record(), said::add).mark()).isInstanceOf(Mark.Loaded.class);
    }

    @Test
    void D20_an_image_that_a_container_has_is_not_taken_away_but_spoken_of() throws IOException {
        var fake = engine(false);
        var lock = bundle("a/one:1", "one");
        load(fake, lock);
        fake.containers(List.of(Data.mapping().with("ImageID", fake.ids().getFirst())));
        cutOff(lock, "boot-1");
        var before = fake.changes();

        load(fake, lock);

        assertThat(fake.changes()).isEqualTo(before);
        assertThat(said).singleElement().asString().contains("a/one:1 was being loaded when the host went down");
    }

    @Test
    void D20_the_mark_is_not_believed_when_the_engine_lacks_the_image() throws IOException {
        var fake = engine(false);
        var lock = bundle("a/one:1", "one");
        load(fake, lock);
        fake.forget();

        assertThat(load(fake, lock).outcomes().values()).containsExactly(Outcome.LOADED);
    }

    @Test
    void what_the_engine_had_before_is_not_of_our_bringing() throws IOException {
        var fake = engine(false);
        var lock = bundle("a/one:1", "one");
        RecordedLoad.unrecorded(work.resolve("bundle"), lock, List.of(), Engine.at(fake.socket()), Progress.SILENT);

        load(fake, lock);

        assertThat(Files.exists(record())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"schema\":2,\"brought\":[]}", "{\"schema\":1,\"brought\":[{\"x\":1}]}"})
    void S13_a_record_that_cannot_be_read_counts_as_none_and_is_spoken_of(String text) throws IOException {
        Files.writeString(record(), text);

        assertThat(LoadRecord.read(record(), said::add)).isEqualTo(LoadRecord.EMPTY);
        assertThat(said).singleElement().asString().contains("images.json", "ignoring");
    }

    @Test
    void a_record_is_read_as_it_was_written() throws IOException {
        var one = new Brought("a/one:1", Digest.of(new byte[1]), Digest.of(new byte[2]));
        for (var mark : List.of(
                new Mark.None(), new Mark.Loading("b", List.of(one)), new Mark.Loaded(Digest.of(new byte[3])))) {
            var record = new LoadRecord(List.of(one), mark);
            record.write(record());
            assertThat(LoadRecord.read(record(), said::add)).isEqualTo(record);
        }
    }

    @Test
    void D16_images_without_room_for_them_are_not_begun() {
        var large = new LockedImage(
                ImageReference.parse("a/large:1"),
                "",
                Platform.ofThisMachine(),
                Sum.of(new byte[1]),
                Sum.of(new byte[2]),
                Digest.of(new byte[3]),
                List.of(layer(1, 1L << 60), layer(2, 1L << 62), layer(3, Long.MAX_VALUE)));
        var all = Set.copyOf(BundleVerifier.layers(new Lock(new ProjectName("p"), 1, Scan.NONE, List.of(large)))
                .keySet());

        assertThatThrownBy(() -> new EngineDisk(work, work, false).require(List.of(large), all))
                .isInstanceOf(EngineFullException.class)
                .hasMessageStartingWith("no room for the images, which need ")
                .hasMessageEndingWith("nothing was sent");
    }

    @Test
    void D16_room_is_wanted_for_what_is_sent_and_for_two_archives_at_a_time() {
        var images = new ArrayList<LockedImage>();
        for (var i = 0; i < 4; i++) {
            images.add(new LockedImage(
                    ImageReference.parse("a/image:" + i),
                    "",
                    Platform.ofThisMachine(),
                    Sum.of(new byte[1]),
                    Sum.of(new byte[2]),
                    Digest.of(new byte[3]),
                    List.of(layer(0, 1000), layer(i + 1, 100))));
        }
        var sent = Set.of(
                layer(1, 1).plain().digest(),
                layer(2, 1).plain().digest(),
                layer(3, 1).plain().digest());

        assertThat(new EngineDisk(work, work, false).needed(images, sent)).isEqualTo(375 + 250);
        assertThat(new EngineDisk(work, work, true).needed(images, sent)).isEqualTo(375 + 375);
    }

    /// For `GET /info` the Engine runs its runtime: it takes longer than all the other questions.
    @Test
    void an_engine_that_shows_where_an_image_lies_is_not_asked_how_it_is_set_up() throws IOException {
        for (var containerd : List.of(false, true)) {
            var fake = engine(containerd);
            fake.dataRoot(work);
            load(fake, bundle("a/one:1", "one"));
            var before = fake.requests().size();

            RecordedLoad.unrecorded(
                    work.resolve("bundle"),
                    bundle("a/two:1", "two"),
                    List.of(),
                    Engine.at(fake.socket()),
                    Progress.SILENT);

            var asked = fake.requests().subList(before, fake.requests().size());
            assertThat(asked.contains("GET /info")).isEqualTo(containerd);
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            overlay2,       /var/lib/docker/overlay2/0123/diff,                      /var/lib/docker
            overlay2,       /srv/overlay2/100000.100000/overlay2/0123/diff,          /srv/overlay2/100000.100000
            overlay2,       -,                                                       -
            overlay2,       /overlay2/0123/diff,                                     -
            fuse-overlayfs, /var/lib/docker/fuse-overlayfs/0123/diff,                -
            overlayfs,      /var/lib/docker/overlay2/0123/diff,                      -
            """)
    void where_images_lie_is_read_from_an_image_of_overlay2(
            String driver, @Nullable String upper, @Nullable String root) throws IOException {
        var data = upper == null ? Data.Null.NULL : Data.mapping().with("UpperDir", upper);
        var image = Data.mapping()
                .with("GraphDriver", Data.mapping().with("Name", driver).with("Data", data));

        assertThat(EngineDisk.overlay(new Fields("image", image)))
                .isEqualTo(Optional.ofNullable(root).map(Path::of));
    }

    @Test
    void D16_an_engine_whose_disk_is_full_is_said_with_what_is_left() throws IOException {
        var fake = engine(false);
        fake.dataRoot(work);
        var lock = bundle("a/one:1", "one");
        fake.fault((request, in, out) -> {
            if (!request.startsWith("POST /images/load")) {
                return false;
            }
            ScriptedEngine.body(in);
            ScriptedEngine.reply(out, 200, Data.mapping().with("error", "write /var/lib/x: no space left on device"));
            return true;
        });

        assertThatThrownBy(() -> load(fake, lock))
                .isInstanceOf(EngineFullException.class)
                .hasMessageContaining("no space left on device; " + work + " has ")
                .hasMessageEndingWith("B left");
        assertThat(LoadRecord.read(record(), said::add).mark()).isInstanceOf(Mark.Loading.class);
    }

    @Test
    void B20_a_bundle_for_another_machine_is_refused_before_the_engine_is_asked() throws IOException {
        var fake = engine(false);
        var lock = bundle("a/one:1", "one");
        var image = lock.images().getFirst();
        var other = new LockedImage(
                image.reference(),
                "",
                new Platform("linux", "s390x", ""),
                image.config(),
                image.manifest(),
                image.loaded(),
                image.layers());
        var foreign = new Lock(lock.project(), 1, Scan.NONE, List.of(other));

        assertThatThrownBy(() -> load(fake, foreign))
                .isInstanceOf(WrongPlatformException.class)
                .hasMessageContaining("a/one:1 is for linux/s390x, the host is " + Platform.ofThisMachine());
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void layers_that_the_engine_seems_to_have_and_has_not_are_sent_after_all() throws IOException {
        var fake = pulled();
        var sizes = new ArrayList<Integer>();
        fake.fault((request, in, out) -> {
            if (!request.startsWith("POST /images/load")) {
                return false;
            }
            sizes.add(takeWhole(fake, in, out, !sizes.isEmpty()));
            return true;
        });
        var lock = bundle("a/one:1", "one");

        assertThat(load(fake, lock).outcomes().values()).containsExactly(Outcome.LOADED);

        assertThat(sizes).hasSize(2);
        assertThat(sizes.getFirst()).isLessThan(sizes.getLast());
        assertThat(fake.named("a/one:1"))
                .isEqualTo(lock.images().getFirst().loaded().value());
    }

    @Test
    void a_load_that_ends_between_what_was_not_enough_and_the_rest_is_made_good_by_the_next() throws IOException {
        var fake = pulled();
        var lock = bundle("a/one:1", "one");
        fake.fault((request, in, out) -> {
            if (!request.startsWith("POST /images/load")) {
                return false;
            }
            takeWhole(fake, in, out, false);
            fake.fault((next, _, answer) -> {
                ScriptedEngine.reply(answer, 500, Data.mapping().with("message", "going down"));
                return true;
            });
            return true;
        });
        assertThatThrownBy(() -> load(fake, lock)).isInstanceOf(IOException.class);
        var id = lock.images().getFirst().loaded().value();
        assertThat(fake.named("a/one:1")).isEqualTo(id);
        var before = fake.requests().size();
        fake.fault((request, in, out) -> {
            if (!request.startsWith("POST /images/load")) {
                return false;
            }
            takeWhole(fake, in, out, true);
            return true;
        });

        assertThat(load(fake, lock).outcomes().values()).containsExactly(Outcome.LOADED);

        assertThat(fake.requests().subList(before, fake.requests().size()))
                .anyMatch(request -> request.startsWith("POST /images/load"));
        assertThat(fake.named("a/one:1")).isEqualTo(id);
    }

    /// An Engine with containerd's store that has an image with the layers of `one`, compressed by another.
    private ScriptedEngine pulled() throws IOException {
        var fake = ScriptedEngine.start(work, 48, true);
        engines.add(fake);
        var layers = bundle("a/one:1", "one").images().getFirst().layers();
        fake.put(
                "sha256:pulled",
                List.of("pulled:1"),
                layers.stream().map(layer -> layer.plain().digest().value()).toList());
        return fake;
    }

    /// Has the image that is sent.
    ///
    /// @return the archive's size
    private static int takeWhole(ScriptedEngine fake, InputStream in, OutputStream out, boolean whole)
            throws IOException {
        var archive = ScriptedEngine.body(in);
        fake.take(archive);
        fake.ids().stream().filter(id -> !id.equals("sha256:pulled")).forEach(id -> fake.available(id, whole));
        ScriptedEngine.reply(out, 200, Data.mapping().with("stream", "Loaded image: a/one:1"));
        return archive.length;
    }

    private static LockedLayer layer(int number, long size) {
        return new LockedLayer(
                new Content(Digest.of(new byte[] {1, (byte) number}), size),
                new Content(Digest.of(new byte[] {2, (byte) number}), size));
    }

    private void cutOff(Lock lock, String boot) throws IOException {
        LoadRecord.read(record(), said::add).loading(boot, lock.images()).write(record());
    }

    private LoadReport load(ScriptedEngine fake, Lock lock) throws IOException {
        return RecordedLoad.load(
                work.resolve("bundle"),
                lock,
                List.of(),
                Engine.at(fake.socket()),
                record(),
                NOW,
                Progress.SILENT,
                said::add);
    }

    private Path record() {
        return work.resolve("images.json");
    }

    private Lock bundle(String reference, String text) throws IOException {
        return TestBundles.make(work.resolve("bundle"), reference, TestImages.layer(text, text));
    }

    private ScriptedEngine engine(boolean containerd) throws IOException {
        var engine = ScriptedEngine.start(work, 44, containerd);
        engines.add(engine);
        return engine;
    }
}
