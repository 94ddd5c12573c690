package tv.roster.console.subscribers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.console.pages.Frame;

/// The model of the template `console/user`: everything about one subscriber.
///
/// @param suspendedTime when a suspended subscriber was suspended, in epoch seconds; null if the timeline does not say
/// @param lock     wrong passwords and the lockout; null if it could not be read
/// @param older    the link to the events before those of the timeline, or null
/// @param problems why what the agent wanted was not done
public record UserPage(
        Frame frame,
        Subscriber subscriber,
        @Nullable Long suspendedTime,
        List<Profile> profiles,
        @Nullable Lock lock,
        List<Link> links,
        List<Mail> mails,
        List<Timeline.Entry> timeline,
        @Nullable String older,
        List<String> problems) {
    public UserPage {
        profiles = List.copyOf(profiles);
        links = List.copyOf(links);
        mails = List.copyOf(mails);
        timeline = List.copyOf(timeline);
        problems = List.copyOf(problems);
    }

    /// A profile; `age` is empty for no limit.
    public record Profile(String id, String name, boolean isChild, String age, boolean isDefault) {}

    /// Wrong passwords that count, and until when none is checked (epoch seconds; null: they are).
    public record Lock(int wrong, @Nullable Long until) {}

    /// A link that is open, of which the subscriber has the only copy.
    public record Link(String kind, long createdTime, long expiresTime) {}

    /// A mail and what became of it, as a sentence.
    public record Mail(String subject, String recipient, long createdTime, String outcome) {}

    /// A text, or what stands for none.
    public String or(String text) {
        return text.isEmpty() ? "–" : text;
    }

    /// The link to a page or an action of this subscriber; `action` is empty, or begins with a slash.
    public String to(String action) {
        return frame.toTenant("/users/" + subscriber.id() + action);
    }

    @Override
    public String toString() {
        return "UserPage[" + subscriber.id() + "]";
    }
}
