package tv.roster.privacy;

import java.util.List;

/// Columns of the database that say nothing about a person by themselves. A new column is declared either here or in
/// [PersonalData].
///
/// @param columns their names, separated by spaces
public record OtherData(String table, String columns, Reason reason) {
    /// Why they are not personal data.
    public enum Reason {
        ID("random ids; once everything else about a person is erased, they lead to nobody"),
        NUMBER("numbers of versions, attempts, places and lengths"),
        TIME("when a row was written, ends or was used"),
        STATE("kinds and states of the work, without its content"),
        AGENT("about support agents, who are people as well: see [support agents](#support-agents)"),
        OPERATOR("about the operator, its systems, keys and files, and not about its subscribers"),
        INSTALLATION("about the installation itself");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /// All of them, table by table.
    public static final List<OtherData> ALL = List.of(
            id("roster_user", "tenant_id id default_profile_id"),
            number("roster_user", "version link_generation feed_order"),
            time("roster_user", "updated_time"),
            id("user_profile", "tenant_id id user_id"),
            id("deleted_user", "tenant_id id deletion_id"),
            number("deleted_user", "version feed_order"),
            time("deleted_user", "deleted_time purge_time forget_time"),
            id("user_event", "tenant_id id user_id api_key_id agent_id import_id"),
            number("user_event", "version feed_order"),
            time("user_event", "time"),
            state("user_event", "kind"),
            id("mail", "tenant_id id user_id link_id"),
            number("mail", "attempts"),
            time("mail", "due_time created_time expires_time finished_time"),
            state("mail", "status failure"),
            operator("mail", "accepted_host"),
            id("account_link", "tenant_id user_id id"),
            number("account_link", "generation"),
            id("wrong_password", "tenant_id subject locked_event"),
            id("idempotency_key", "tenant_id about"),
            // Computed with a key of the installation.
            number("idempotency_key", "request_digest status"),
            time("idempotency_key", "created_time"),
            id("import_chunk", "tenant_id import_id"),
            number("import_chunk", "number"),
            id("import_draft", "tenant_id import_id id default_profile_id"),
            number("import_draft", "version"),
            time("import_draft", "updated_time"),
            id("import_rejected_row", "tenant_id import_id"),
            number("import_rejected_row", "line"),
            id("webhook_attempt", "tenant_id endpoint_id id event_id"),
            number("webhook_attempt", "status milliseconds"),
            time("webhook_attempt", "time"),
            id("webhook_waiting", "tenant_id endpoint_id user_id"),
            number("webhook_waiting", "after_position attempts"),
            time("webhook_waiting", "since due_time"),
            id("erasure", "tenant_id id user_id api_key_id agent_id"),
            number("erasure", "removed"),
            time("erasure", "requested_time finished_time"),
            id("admin_event", "user_id"),
            agent(
                    "agent",
                    "id tenant_id version email email_key name role disabled password_hash totp_sealed totp_step"
                            + " recovery_hashes oidc_subject generation updated_time last_sign_in_time"),
            agent("agent_session", "token_hash agent_id generation created_time last_used_time address user_agent"),
            agent("agent_sign_in", "token_hash agent_id generation sealed_secret expires_time"),
            agent("agent_setup_link", "token_hash agent_id expires_time"),
            agent("agent_attempt", "subject times last_time locked_time"),
            operator(
                    "admin_event",
                    "id time kind tenant_id subject_key_id subject_agent_id author_key_id agent_id address request_id"
                            + " before after"),
            operator(
                    "import",
                    "tenant_id id status mode dry_run format columns separator api_key_id agent_id address request_id bytes"
                            + " chunks rows_total rows_done rows_created rows_updated rows_unchanged rows_rejected"
                            + " next_chunk next_row failure created_time started_time finished_time lease lease_until"
                            + " turn_time cleared"),
            operator(
                    "webhook_endpoint",
                    "tenant_id id url kinds description status disabled_reason sealed_secret former_sealed_secret"
                            + " former_secret_until created_time generation replays position last_success_time"
                            + " failing_since last_failure_time last_failure_status last_failure_detail node_id"),
            operator("tenant", "id version slug name user_flags ip_allow_list settings updated_time"),
            operator(
                    "api_key",
                    "id tenant_id version name prefix secret_hash former_secret_hash former_secret_until scopes"
                            + " ip_allow_list expires_time revoked_time last_used_time updated_time rate_limit"),
            installation("installation", "only_row access_version feed_mark"),
            installation("installation_secret", "generation secret created_time sealing_time removed_time"),
            installation("webhook_node", "id lease_until"));

    private static OtherData id(String table, String columns) {
        return new OtherData(table, columns, Reason.ID);
    }

    private static OtherData number(String table, String columns) {
        return new OtherData(table, columns, Reason.NUMBER);
    }

    private static OtherData time(String table, String columns) {
        return new OtherData(table, columns, Reason.TIME);
    }

    private static OtherData state(String table, String columns) {
        return new OtherData(table, columns, Reason.STATE);
    }

    private static OtherData agent(String table, String columns) {
        return new OtherData(table, columns, Reason.AGENT);
    }

    private static OtherData operator(String table, String columns) {
        return new OtherData(table, columns, Reason.OPERATOR);
    }

    private static OtherData installation(String table, String columns) {
        return new OtherData(table, columns, Reason.INSTALLATION);
    }
}
