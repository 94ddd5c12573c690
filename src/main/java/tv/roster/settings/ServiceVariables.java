package tv.roster.settings;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The variables that Kubernetes sets in every pod for a service named `roster` or `roster-…`. They begin with
/// Roster's prefix, and one of them, such as `ROSTER_PORT=tcp://10.96.0.10:8080`, has the name of a setting.
///
/// See "Environment variables" in Kubernetes' documentation of services.
final class ServiceVariables {
    private static final Pattern NAME = Pattern.compile(Setting.PREFIX
            + "(?:[A-Z0-9_]+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?"
            + "|PORT_[0-9]{1,5}_(?:TCP|UDP|SCTP)(?:_(?:ADDR|PORT|PROTO))?)");

    private static final Pattern PORT = Pattern.compile(Setting.PREFIX + "(?:[A-Z0-9_]+_)?PORT");

    private static final Pattern ADDRESS = Pattern.compile("(?:tcp|udp|sctp)://\\S+");

    private ServiceVariables() {}

    /// Whether this variable was set by Kubernetes, not by an operator.
    static boolean has(String variable, String value) {
        return (Setting.named(variable).isEmpty() && NAME.matcher(variable).matches())
                || (PORT.matcher(variable).matches() && ADDRESS.matcher(value).matches());
    }

    /// The settings whose names are used by such variables, in alphabetical order.
    static List<String> hiding(Map<String, String> variables) {
        return variables.entrySet().stream()
                .filter(variable -> has(variable.getKey(), variable.getValue()))
                .map(Map.Entry::getKey)
                .filter(name -> Setting.named(name).isPresent())
                .sorted()
                .toList();
    }
}
