package tv.roster.platform.http;

import tv.roster.platform.problems.ErrorCode;

/// Is called for each response, on the thread of its request: it has to be quick.
public interface Observer {
    /// `template` is the route's path with its variables' names, empty where no route was found; `nanos` is how
    /// long the response took to make and send.
    void responded(String method, String template, int status, long nanos);

    void refused(ErrorCode code);

    /// Watches nothing.
    Observer NONE = new Observer() {
        @Override
        public void responded(String method, String template, int status, long nanos) {}

        @Override
        public void refused(ErrorCode code) {}
    };
}
