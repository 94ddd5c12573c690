package tv.roster.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What `/metrics` says at one time.
public final class Scrape {
    private static final Pattern SAMPLE = Pattern.compile("([a-z_0-9]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final String text;
    private final List<Sample> samples;

    /// One line.
    public record Sample(String name, Map<String, String> labels, double value) {}

    private Scrape(String text) {
        this.text = text;
        samples = text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(Scrape::sample)
                .toList();
    }

    /// Reads the metrics at the port of health.
    public static Scrape of(String healthUrl) {
        var response = new ApiClient(healthUrl, null).get("/metrics");
        assertThat(response.status()).isEqualTo(200);
        return new Scrape(response.text());
    }

    private static Sample sample(String line) {
        var parts = SAMPLE.matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        var labels = new HashMap<String, String>();
        if (parts.group(2) != null) {
            LABEL.matcher(parts.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return new Sample(
                parts.group(1), labels, Double.parseDouble(parts.group(3).replace("Inf", "Infinity")));
    }

    public String text() {
        return text;
    }

    public List<Sample> samples() {
        return samples;
    }

    /// The names of the metrics, as in their `TYPE` lines, with their types.
    public Map<String, String> types() {
        return text.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[2], words -> words[3]));
    }

    /// The one sample with this name; 0 if there is none.
    public double value(String name) {
        return value(name, Map.of());
    }

    /// The sample with this name and these labels; 0 if there is none.
    public double value(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && sample.labels().equals(labels))
                .mapToDouble(Sample::value)
                .findFirst()
                .orElse(0);
    }

    /// The sum of all samples with this name.
    public double sum(String name) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .mapToDouble(Sample::value)
                .sum();
    }

    /// The values of a label in all samples.
    public Set<String> labels(String name) {
        return samples.stream()
                .filter(sample -> sample.name().startsWith("roster_"))
                .flatMap(sample -> sample.labels().entrySet().stream())
                .filter(label -> label.getKey().equals(name))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }
}
