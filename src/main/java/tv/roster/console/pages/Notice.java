package tv.roster.console.pages;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Request;

/// What the page before has done, as a sentence at the top of the next one.
public enum Notice {
    SAVED("The changes are saved."),
    NOTHING("Nothing had to be changed."),
    CREATED("The subscriber is created."),
    SUSPENDED("Suspended: this subscriber can no longer log in."),
    RESUMED("This subscriber can log in again."),
    MAIL_QUEUED("The mail is on its way. Earlier links of the same kind no longer work."),
    UNLOCKED("The lockout is ended."),
    LINKS_ENDED("All links that were sent before have ended."),
    DELETED("The subscriber is deleted."),
    RESTORED("The subscriber is back, with profiles and password."),
    PROFILE_SAVED("The profile is saved."),
    PROFILE_DELETED("The profile is deleted."),
    REMOVED("It is removed."),
    CANCELLED("The import is stopped. What was done stays."),
    STARTED("The file is received."),
    PAUSED("Nothing is delivered until the endpoint is enabled again. Its events wait."),
    ENABLED("Deliveries go on where they stopped."),
    REPLAYED("Events since then are delivered again."),
    SIGNED_OUT("You have signed out."),
    SESSION_ENDED("The session is ended."),
    AGENT_SESSIONS_ENDED("All sessions of this agent are ended."),
    TENANT_CREATED("The tenant is created."),
    REVOKED("The key is revoked. It stops working within a second."),
    PASSWORD_SET("Your password is set. Sign in with it.");

    private final String text;

    Notice(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /// The text of the notice that a page is to show; null for none.
    static @Nullable String of(Request request) {
        var wanted = request.parameter("done");
        return Arrays.stream(values())
                .filter(notice -> notice.name().equalsIgnoreCase(wanted))
                .map(Notice::text)
                .findFirst()
                .orElse(null);
    }
}
