package tv.roster.imports;

/// How far an import is.
enum ImportStatus {
    /// The file is still arriving; not shown to anybody.
    RECEIVING,
    QUEUED,
    RUNNING,
    COMPLETED,
    CANCELLED,
    /// It could not be carried out; its `failure` says why.
    FAILED,
    /// Deleted; its rows are being removed in the background. Not shown to anybody.
    REMOVED
}
