package tv.roster.platform.http;

import java.util.List;
import tv.roster.platform.problems.ErrorCode;

/// Is called for each response, on the thread of its request or on its event loop: it has to be quick, and must not
/// take a lock.
public interface Observer {
    /// A response was made and given to the network.
    ///
    /// @param status the status
    /// @param sent   the bytes of the body
    /// @param nanos  how long that took, from when the head of the request had arrived
    void responded(Request request, int status, long sent, long nanos);

    /// A request is rejected, or its connection sends something that is no request.
    void refused(ErrorCode code);

    /// Watches nothing.
    Observer NONE = all(List.of());

    /// All of these, in their order.
    static Observer all(List<Observer> observers) {
        var each = observers.toArray(Observer[]::new);
        return new Observer() {
            @Override
            public void responded(Request request, int status, long sent, long nanos) {
                for (var one : each) {
                    one.responded(request, status, sent, nanos);
                }
            }

            @Override
            public void refused(ErrorCode code) {
                for (var one : each) {
                    one.refused(code);
                }
            }
        };
    }
}
