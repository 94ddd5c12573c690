package tv.roster.console.subscribers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;

/// The model of the template `console/edit_user`, for a new subscriber or one that exists.
///
/// @param stored   the subscriber as it is now; null for a new one
/// @param form     what the fields have
/// @param catalogue the flags that the tenant has, without the one for suspended subscribers
/// @param changedMeanwhile whether somebody else has changed the subscriber since the form was opened
public record EditPage(
        Frame frame,
        @Nullable Subscriber stored,
        UserForm form,
        List<String> catalogue,
        FormProblems problems,
        boolean changedMeanwhile) {
    public EditPage {
        catalogue = List.copyOf(catalogue);
    }

    /// What is stored, where that has to be shown beside what the agent wrote.
    public @Nullable UserForm meanwhile() {
        return changedMeanwhile && stored != null ? UserForm.of(stored) : null;
    }

    @Override
    public String toString() {
        return "EditPage";
    }
}
