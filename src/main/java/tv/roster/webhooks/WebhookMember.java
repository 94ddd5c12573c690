package tv.roster.webhooks;

import tv.roster.platform.problems.Member;

/// The members of an endpoint that refusals blame.
enum WebhookMember implements Member {
    URL
}
