package dev.hostseed.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.Inspection;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockedImage;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import dev.hostseed.core.image.Scan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InspectionTest {
    private static final Path GOLDEN = Path.of("src/test/golden/inspection");
    private static final ImageReference DB = ImageReference.parse("example/db:16");
    private static final ImageReference WEB = ImageReference.parse("registry.example:5000/team/web:1.4");
    private static final ImageReference TOOL = ImageReference.parse("tool:1");
    private static final Inspection.Layer BASE =
            layer(1, 74_800_000, 28_100_000, "ADD rootfs.tar.xz / # buildkit", DB, WEB);
    private static final Inspection.Layer PACKAGES = layer(
            2,
            31_000_000,
            9_900_000,
            "RUN /bin/sh -c apt-get update \\\n\t&& apt-get install -y --no-install-recommends db # buildkit",
            DB);
    private static final Inspection.Layer HOSTILE =
            layer(3, 1_200, 400, "RUN echo '\"><script>alert(1)</script>' \u001b[2J & \u202egnihton", WEB);
    private static final Inspection.Layer SMALL = layer(4, 4_100_000, 1_700_000, "", TOOL);

    @Test
    void the_tables_are_the_golden_ones() throws IOException {
        golden("tables.txt", InspectionTable.of(shop()));
    }

    @Test
    void the_json_is_the_golden_one() throws IOException {
        golden("bundle.json", new String(Json.pretty(InspectionJson.of(shop())), StandardCharsets.UTF_8));
    }

    @Test
    void the_page_is_the_golden_one() throws IOException {
        golden("page.html", InspectionPage.of(shop()));
    }

    @Test
    void nothing_from_outside_is_markup_or_controls_a_terminal() throws IOException {
        var page = InspectionPage.of(shop());

        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script", "\u001b", "\u202e")
                .contains("default-src 'none'")
                .doesNotContain("http://", "https://", "{{");
        assertThat(InspectionTable.of(shop())).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void what_is_shared_has_one_colour_and_what_is_not_has_none() throws IOException {
        var page = InspectionPage.of(shop());

        assertThat(page.split("class=\"shared\" style=\"--hue:210deg\"", -1)).hasSize(1 + 2);
        assertThat(page.split("class=\"own\" style=\"--hue:0deg\"", -1)).hasSize(1 + 3);
    }

    @Test
    void a_bundle_without_images_can_be_looked_at() throws IOException {
        var nothing = new Inspection(
                new Lock(new ProjectName("shop"), 1, Scan.NONE, List.of()), List.of(), List.of(), List.of(), 0);

        assertThat(InspectionTable.of(nothing)).contains("0 images, 0 layers");
        assertThat(InspectionPage.of(nothing)).contains("0 images, 0 layers", "viewBox=\"0 0 1000 0\"");
    }

    private static Inspection shop() {
        var images = List.of(
                image(DB, List.of(BASE, PACKAGES), Map.of(WEB, 1), 31_000_000),
                image(WEB, List.of(BASE, HOSTILE), Map.of(DB, 1), 1_200),
                image(TOOL, List.of(SMALL), Map.of(), 4_100_000));
        var allowed = List.of(new Scan.AllowedSecret("1f0c", "a key of the tests", "2026-01-31"));
        var lock = new Lock(
                new ProjectName("shop"),
                3,
                new Scan(1, allowed),
                images.stream().map(Inspection.Image::locked).toList());
        return new Inspection(
                lock, List.of("hostseed.lock.sig"), images, List.of(BASE, PACKAGES, HOSTILE, SMALL), 39_704_321);
    }

    private static Inspection.Image image(
            ImageReference reference, List<Inspection.Layer> layers, Map<ImageReference, Integer> shared, long own) {
        var content = content("config of " + reference, 2_000);
        var locked = new LockedImage(
                reference,
                "",
                new Platform("linux", "amd64", ""),
                content,
                content("manifest of " + reference, 900),
                content.digest(),
                layers.stream().map(Inspection.Layer::locked).toList());
        return new Inspection.Image(locked, layers, shared, own);
    }

    private static Inspection.Layer layer(int number, long plain, long stored, String by, ImageReference... in) {
        var locked = new LockedLayer(content("plain " + number, plain), content("stored " + number, stored));
        return new Inspection.Layer(number, locked, by, List.of(in));
    }

    private static Content content(String text, long size) {
        return new Content(Digest.of(text.getBytes(StandardCharsets.UTF_8)), size);
    }

    private static void golden(String name, String actual) throws IOException {
        var golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, actual);
            throw new AssertionError("rewrote " + golden);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
