package tv.roster.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.mail.SmtpServer;
import tv.roster.values.domains.LoopbackHost;

/// Configurations that work, but let secrets cross a network where they can be read: reported once, on startup.
public final class StartWarnings {
    private StartWarnings() {}

    /// One line for each warning; empty if there is none.
    public static List<String> of(Settings settings, Map<String, String> variables) {
        List<String> warnings = new ArrayList<>();
        for (String hidden : ServiceVariables.hiding(variables)) {
            warnings.add(hidden + "=" + variables.get(hidden) + " is ignored: Kubernetes sets it for a service of this"
                    + " name. enableServiceLinks: false in the pod's specification keeps such variables away.");
        }
        if (settings.http().tls().isEmpty()) {
            plainHttp(warnings, "The API", Setting.HOST, settings.http().host());
            settings.admin()
                    .port()
                    .ifPresent(port -> plainHttp(
                            warnings,
                            "The admin API",
                            Setting.ADMIN_HOST,
                            settings.admin().host()));
        }
        settings.database().roles().ifPresent(roles -> {
            database(warnings, Setting.DATABASE_URL, roles.application());
            if (roles.areTwo()) {
                database(warnings, Setting.DATABASE_OWNER_URL, roles.owner());
            }
        });
        settings.mail().smtp().ifPresent(server -> mail(warnings, server));
        return warnings;
    }

    private static void plainHttp(List<String> warnings, String what, Setting setting, String host) {
        if (!LoopbackHost.is(host)) {
            warnings.add(what + " is served without TLS on " + setting.variable() + "=" + host
                    + ": API keys and passwords can be read on the way unless a proxy encrypts it."
                    + " ROSTER_TLS_CERTIFICATE and ROSTER_TLS_KEY turn on HTTPS.");
        }
    }

    private static void database(List<String> warnings, Setting setting, DatabaseAddress address) {
        boolean isRemote = !address.hosts().stream().allMatch(host -> LoopbackHost.is(host.name()));
        if (isRemote && !address.sslMode().demandsTls()) {
            warnings.add(
                    setting.variable() + " has sslmode=" + address.sslMode().word() + " for " + address.place()
                            + ": the connection may be unencrypted. sslmode=verify-full encrypts it and checks the server.");
        }
    }

    private static void mail(List<String> warnings, SmtpServer server) {
        if (!server.demandsTls() && !LoopbackHost.is(server.host())) {
            warnings.add("ROSTER_SMTP_URL uses TLS with " + server.host() + " only if the server offers it: links that"
                    + " set passwords may cross the network unencrypted. smtps://, or a user and a password, demand"
                    + " TLS.");
        }
    }
}
