package tv.roster.settings;

/// How the log is written, and whether it has a line for each request.
public record LogSettings(Format format, Access access) {
    /// The format of the log.
    public enum Format {
        TEXT,
        JSON
    }

    /// The access log.
    public enum Access {
        OFF,
        ON,
        /// With the addresses of clients, which are personal data.
        ADDRESSES
    }

    static LogSettings read(Environment environment) {
        return new LogSettings(
                environment.read(Setting.LOG_FORMAT, SettingRules.oneOf(Format.class)),
                environment.read(Setting.ACCESS_LOG, SettingRules.oneOf(Access.class)));
    }
}
