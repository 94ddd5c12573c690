package tv.roster.webhooks.delivery;

import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.WebhookEndpointId;

/// Names an endpoint of any tenant.
record EndpointKey(TenantId tenant, WebhookEndpointId id) {}
