package tv.roster.console.overview;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tv.roster.console.overview.Overview.Endpoints;
import tv.roster.console.overview.Overview.UserStates;
import tv.roster.console.overview.Overview.Work;
import tv.roster.console.overview.RecentCalls.Minute;
import tv.roster.console.overview.StateChart.State;
import tv.roster.console.pages.Frame;

/// The model of the templates `console/overview` and `console/overview_figures`. A reading is null while it is taken
/// for the first time.
///
/// @param tenant what the tenant is called whose numbers these are; null for those of all
/// @param begun  since when this node has counted calls, in epoch seconds
/// @param charts of the calls, one number a minute
public record OverviewPage(
        Frame frame,
        @Nullable String tenant,
        long now,
        long begun,
        List<Minute> minutes,
        List<MinuteChart> charts,
        @Nullable Reading<Optional<UserStates>> users,
        @Nullable Reading<Work> work,
        @Nullable Reading<OptionalLong> undelivered) {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    public OverviewPage {
        minutes = List.copyOf(minutes);
        charts = List.copyOf(charts);
    }

    /// A count for people, such as `10,000`.
    public String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /// How old a reading is, as a sentence.
    public String age(Reading<?> reading) {
        long seconds = Math.max(0, now - reading.time());
        return seconds == 0 ? "Counted now." : "Counted " + seconds + (seconds == 1 ? " second ago." : " seconds ago.");
    }

    public StateChart chart(UserStates states) {
        return new StateChart(List.of(
                new State("Registered", states.registered(), "ok"),
                new State("Not registered", states.unregistered(), "warn"),
                new State("Suspended", states.suspended(), "danger")));
    }

    public StateChart chart(Endpoints endpoints) {
        return new StateChart(List.of(
                new State("Working", endpoints.working(), "ok"),
                new State("Failing", endpoints.failing(), "danger"),
                new State("Paused", endpoints.paused(), "warn"),
                new State("Disabled", endpoints.disabled(), "danger")));
    }

    /// When a minute began, for a table.
    public String clock(Minute minute) {
        return CLOCK.format(Instant.ofEpochSecond(minute.time()));
    }
}
