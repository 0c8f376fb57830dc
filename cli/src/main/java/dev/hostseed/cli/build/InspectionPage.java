package dev.hostseed.cli.build;

import com.github.mustachejava.DefaultMustacheFactory;
import dev.hostseed.core.data.Plural;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.image.Inspection;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What is in a bundle as one page of HTML, which needs nothing beside it: a picture of the layers, and tables that say
/// the same. Whatever comes from outside is escaped by the template's engine.
final class InspectionPage {
    private static final String TEMPLATE = "inspection.html";
    private static final double GOLDEN_ANGLE = 137.508; // degrees: neighbours among many hues differ most

    private final Inspection inspection;
    private final Map<Integer, String> hues = new TreeMap<>();

    private InspectionPage(Inspection inspection) {
        this.inspection = inspection;
        for (var layer : inspection.layers()) {
            if (layer.isShared()) {
                hues.put(layer.number(), number(210 + hues.size() * GOLDEN_ANGLE) + "deg");
            }
        }
    }

    static String of(Inspection inspection) throws IOException {
        var page = new StringWriter();
        new DefaultMustacheFactory()
                .compile(new StringReader(template()), TEMPLATE)
                .execute(page, new InspectionPage(inspection).values());
        return page.toString();
    }

    private static String template() throws IOException {
        var resource = Objects.requireNonNull(InspectionPage.class.getResourceAsStream(TEMPLATE), TEMPLATE);
        try (var reader = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
            return reader.readAllAsString();
        }
    }

    private Map<String, Object> values() {
        var picture = LayerPicture.of(inspection);
        var values = new HashMap<String, Object>();
        values.put("project", inspection.lock().project().value());
        values.put("version", inspection.lock().version());
        values.put("counts", counts());
        values.put("platforms", platforms());
        values.put("scan", InspectionTable.scan(inspection));
        values.put("signatures", InspectionTable.signatures(inspection));
        values.put("totals", totals());
        values.put("height", number(picture.height()));
        values.put("images", picture.bars().stream().map(this::image).toList());
        values.put("layers", inspection.layers().stream().map(this::layer).toList());
        return values;
    }

    private String counts() {
        return Plural.of(inspection.images().size(), "image") + ", "
                + Plural.of(inspection.layers().size(), "layer");
    }

    private String platforms() {
        return inspection.images().stream()
                .map(image -> image.locked().platform())
                .map(Platform::toString)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private List<Map<String, Object>> totals() {
        return List.of(
                total("each image by itself", inspection.apart(), false),
                total("each layer once", inspection.together(), false),
                total("as it lies in the bundle", inspection.stored(), true));
    }

    private Map<String, Object> total(String label, long size, boolean last) {
        var percent = inspection.apart() == 0 ? 0 : Math.min(100.0, 100.0 * size / inspection.apart());
        return Map.of("label", label, "size", Plural.ofBytes(size), "percent", number(percent), "last", last);
    }

    private Map<String, Object> image(LayerPicture.Bar bar) {
        var image = bar.image();
        var values = new HashMap<String, Object>();
        values.put("name", InspectionTable.printable(image.locked().reference().toString()));
        values.put("platform", image.locked().platform().toString());
        values.put("config", image.locked().config().digest().value());
        values.put("size", Plural.ofBytes(image.size()));
        values.put("own", Plural.ofBytes(image.own()));
        values.put("stored", Plural.ofBytes(image.stored()));
        values.put("sharedWith", sharedWith(image));
        values.put("labelY", number(bar.y() + 14));
        values.put(
                "blocks", bar.blocks().stream().map(block -> block(bar, block)).toList());
        return values;
    }

    private Map<String, Object> block(LayerPicture.Bar bar, LayerPicture.Block block) {
        var values = new HashMap<>(ofLayer(block.layer()));
        values.put("about", about(block.layer()));
        values.put("x", number(block.x()));
        values.put("width", number(block.width()));
        values.put("middle", number(block.x() + block.width() / 2));
        values.put("wide", block.width() >= 20);
        values.put("barY", number(bar.y() + 20));
        values.put("textY", number(bar.y() + 39));
        return values;
    }

    private Map<String, Object> layer(Inspection.Layer layer) {
        var values = new HashMap<>(ofLayer(layer));
        values.put("digest", layer.locked().plain().digest().value());
        values.put("createdBy", command(layer));
        values.put("size", Plural.ofBytes(layer.locked().plain().size()));
        values.put("stored", Plural.ofBytes(layer.locked().stored().size()));
        values.put(
                "in",
                layer.in().stream()
                        .map(image -> InspectionTable.printable(image.toString()))
                        .toList());
        return values;
    }

    private Map<String, Object> ofLayer(Inspection.Layer layer) {
        return Map.of(
                "number", layer.number(),
                "shared", layer.isShared(),
                "hue", hues.getOrDefault(layer.number(), "0deg"));
    }

    private static String about(Inspection.Layer layer) {
        return "layer %d, %s (%s stored), in %s\n%s\n%s"
                .formatted(
                        layer.number(),
                        Plural.ofBytes(layer.locked().plain().size()),
                        Plural.ofBytes(layer.locked().stored().size()),
                        Plural.of(layer.in().size(), "image"),
                        layer.locked().plain().digest(),
                        command(layer));
    }

    private static String command(Inspection.Layer layer) {
        return layer.createdBy().isEmpty() ? "(not told)" : InspectionTable.printable(layer.createdBy());
    }

    private static String sharedWith(Inspection.Image image) {
        return image.sharedWith().isEmpty()
                ? "none"
                : image.sharedWith().entrySet().stream()
                        .map(one -> InspectionTable.printable(one.getKey().toString()) + " (" + one.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        var text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
