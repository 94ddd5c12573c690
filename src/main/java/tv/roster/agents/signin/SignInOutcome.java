package tv.roster.agents.signin;

import java.util.List;
import tv.roster.agents.totp.RecoveryCode;
import tv.roster.agents.values.SessionToken;
import tv.roster.agents.values.StepToken;

/// What a step of signing in leads to.
public sealed interface SignInOutcome {
    /// The session has begun.
    ///
    /// @param recoveryCodes to be shown once, after a second factor was set up; otherwise empty
    record Entered(SessionToken token, List<RecoveryCode> recoveryCodes) implements SignInOutcome {
        public Entered {
            recoveryCodes = List.copyOf(recoveryCodes);
        }
    }

    /// The password was right; now a code of the second factor is needed.
    record CodeDemanded(StepToken token) implements SignInOutcome {}

    /// The password was right, and a second factor has to be set up before the session begins.
    record EnrolmentDemanded(StepToken token) implements SignInOutcome {}

    /// No session.
    record Refused(Reason reason) implements SignInOutcome {}

    /// Why there is no session.
    enum Reason {
        /// The address, the password or the code is wrong, or the agent cannot sign in; which of them is not said.
        WRONG,
        /// Nothing more is checked until the oldest attempt is 15 minutes old.
        TOO_MANY_ATTEMPTS,
        /// The step has expired, was completed, or was ended: begin again with the password.
        EXPIRED
    }
}
