package tv.roster.platform.http;

import tv.roster.platform.problems.ErrorCode;

/// Is told of every answer, on the request's own thread: it has to be quick.
public interface Observer {
    /// `template` is the route's path with its variables' names, empty where no route was found; `nanos` is how
    /// long the answer took to make and send.
    void answered(String method, String template, int status, long nanos);

    void refused(ErrorCode code);

    /// Watches nothing.
    Observer NONE = new Observer() {
        @Override
        public void answered(String method, String template, int status, long nanos) {}

        @Override
        public void refused(ErrorCode code) {}
    };
}
