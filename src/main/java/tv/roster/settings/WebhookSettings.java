package tv.roster.settings;

import java.util.List;
import tv.roster.access.allowlist.CidrBlock;

/// Where webhooks may go.
///
/// @param networks besides public addresses
public record WebhookSettings(List<CidrBlock> networks) {
    static WebhookSettings read(Environment environment) {
        return new WebhookSettings(environment.read(Setting.WEBHOOK_NETWORKS, SettingRules::networks));
    }
}
