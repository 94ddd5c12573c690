package tv.roster.testing;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/// A screenshot with the colours that it has most of, which takes less than half of the room.
public final class SmallPng {
    private static final int COLORS = 128;

    private SmallPng() {}

    public static byte[] of(byte[] png) throws IOException {
        var picture = ImageIO.read(new ByteArrayInputStream(png));
        int width = picture.getWidth();
        var pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
        var palette = palette(pixels);
        var small = new BufferedImage(
                width,
                picture.getHeight(),
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE));
        Map<Integer, Integer> known = new HashMap<>();
        var indexes = Arrays.stream(pixels)
                .map(pixel -> known.computeIfAbsent(pixel, color -> nearest(palette, color)))
                .toArray();
        small.getRaster().setPixels(0, 0, width, picture.getHeight(), indexes);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(small, "png", bytes);
        return bytes.toByteArray();
    }

    private static int[] palette(int[] pixels) {
        var counts = Arrays.stream(pixels)
                .boxed()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(COLORS)
                .mapToInt(Map.Entry::getKey)
                .toArray();
    }

    private static int nearest(int[] palette, int color) {
        return IntStream.range(0, palette.length)
                .boxed()
                .min(Comparator.comparingInt(index -> distance(palette[index], color)))
                .orElseThrow();
    }

    private static int distance(int one, int other) {
        int sum = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            int difference = (one >> shift & 0xff) - (other >> shift & 0xff);
            sum += difference * difference;
        }
        return sum;
    }
}
