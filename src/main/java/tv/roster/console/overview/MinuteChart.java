package tv.roster.console.overview;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import tv.roster.console.overview.RecentCalls.Minute;

/// A chart of bars, one for each minute, as the template `console/minutes` draws it.
///
/// @param id      of its heading, for the page
/// @param style   the CSS class of the bars
/// @param times   when the minutes began, in epoch seconds
/// @param numbers one for each minute, the oldest first; the last minute is not over
public record MinuteChart(String id, String title, String style, List<Long> times, List<Long> numbers) {
    /// The size of the drawing, which pages stretch.
    public static final int HEIGHT = 48;

    private static final int STEP = 4;
    private static final int BAR = 3;

    public MinuteChart {
        times = List.copyOf(times);
        numbers = List.copyOf(numbers);
    }

    static MinuteChart of(String id, String title, String style, List<Minute> minutes, ToLongFunction<Minute> number) {
        return new MinuteChart(
                id,
                title,
                style,
                minutes.stream().map(Minute::time).toList(),
                minutes.stream().map(number::applyAsLong).toList());
    }

    /// A bar in the units of the drawing, from the top left corner.
    public record Bar(int x, int y, int width, int height) {}

    public int width() {
        return numbers.size() * STEP;
    }

    /// The bars of the minutes with a number above zero, none of them so small that it cannot be seen.
    public List<Bar> bars() {
        var bars = new ArrayList<Bar>();
        long highest = highest();
        for (int at = 0; at < numbers.size(); at++) {
            long number = numbers.get(at);
            if (number > 0) {
                int height = Math.max(1, Math.toIntExact(Math.round((double) HEIGHT * number / highest)));
                bars.add(new Bar(at * STEP, HEIGHT - height, BAR, height));
            }
        }
        return bars;
    }

    public long highest() {
        return numbers.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /// When the first minute with the highest number began.
    public long highestTime() {
        return times.get(numbers.indexOf(highest()));
    }

    public long sum() {
        return numbers.stream().mapToLong(Long::longValue).sum();
    }

    public long ofLastWhole() {
        return numbers.get(numbers.size() - 2);
    }
}
