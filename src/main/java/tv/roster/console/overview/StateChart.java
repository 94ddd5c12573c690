package tv.roster.console.overview;

import java.util.List;

/// A chart of one bar for each state, as the template `console/states` draws it.
public record StateChart(List<State> states) {
    /// The length of the longest bar, in the units of the drawing.
    public static final int LENGTH = 100;

    public StateChart {
        states = List.copyOf(states);
    }

    /// A state, how many are in it, and the CSS class of its bar.
    public record State(String label, long number, String style) {}

    /// The length of the bar of a state, so that it can be seen if there is anything.
    public int length(State state) {
        long most = states.stream().mapToLong(State::number).max().orElse(0);
        return state.number() == 0
                ? 0
                : Math.max(1, Math.toIntExact(Math.round((double) LENGTH * state.number() / most)));
    }
}
