package tv.roster.platform.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import tv.roster.platform.timing.Durations;

/// Durations in the form of Prometheus.
final class Histograms {
    private Histograms() {}

    static HistogramDataPointSnapshot point(Durations durations, Labels labels) {
        return HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(ClassicHistogramBuckets.of(durations.bounds(), durations.counts()))
                .sum(durations.seconds())
                .build();
    }

    static HistogramSnapshot snapshot(String name, String help, Map<Labels, Durations> all) {
        var snapshot = HistogramSnapshot.builder().name(name).help(help);
        all.forEach((labels, durations) -> snapshot.dataPoint(point(durations, labels)));
        return snapshot.build();
    }
}
