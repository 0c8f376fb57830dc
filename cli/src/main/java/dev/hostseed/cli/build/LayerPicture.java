package dev.hostseed.cli.build;

import dev.hostseed.core.image.Inspection;
import java.util.ArrayList;
import java.util.List;

/// Where the layers of each image stand in a picture that is 1000 wide: one bar below the other, the widest from edge
/// to edge.
/// A layer is as wide as it is large, but never too narrow to be seen.
///
/// @param height of all bars
record LayerPicture(List<Bar> bars, double height) {
    private static final double WIDTH = 1000;
    private static final double NARROWEST = 6;
    private static final double BAR_HEIGHT = 62;

    LayerPicture {
        bars = List.copyOf(bars);
    }

    record Bar(Inspection.Image image, double y, List<Block> blocks) {
        Bar {
            blocks = List.copyOf(blocks);
        }
    }

    record Block(Inspection.Layer layer, double x, double width) {}

    static LayerPicture of(Inspection inspection) {
        var largest = inspection.images().stream()
                .mapToLong(Inspection.Image::size)
                .max()
                .orElse(0);
        var perByte = WIDTH / Math.max(1, largest);
        var widest = inspection.images().stream()
                .mapToDouble(image -> width(image, perByte))
                .max()
                .orElse(WIDTH);
        var bars = new ArrayList<Bar>();
        for (var image : inspection.images()) {
            bars.add(new Bar(image, bars.size() * BAR_HEIGHT, blocks(image, perByte, WIDTH / Math.max(1, widest))));
        }
        return new LayerPicture(bars, bars.size() * BAR_HEIGHT);
    }

    private static List<Block> blocks(Inspection.Image image, double perByte, double scale) {
        var blocks = new ArrayList<Block>();
        var x = 0.0;
        for (var layer : image.layers()) {
            var width = width(layer, perByte) * scale;
            blocks.add(new Block(layer, x, width));
            x += width;
        }
        return blocks;
    }

    private static double width(Inspection.Image image, double perByte) {
        return image.layers().stream()
                .mapToDouble(layer -> width(layer, perByte))
                .sum();
    }

    private static double width(Inspection.Layer layer, double perByte) {
        return Math.max(NARROWEST, layer.locked().plain().size() * perByte);
    }
}
