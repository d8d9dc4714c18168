namespace RagApp.Ingestion.Maintenance;

/// <summary>Exit codes of <c>maintenance</c>.</summary>
internal static class MaintenanceExit
{
    public const int Done = 0;

    /// <summary>Done, and problems such as orphans were found.</summary>
    public const int Found = 1;

    /// <summary>The work could not be done; standard error says why.</summary>
    public const int Failed = 2;

    /// <summary>Another verb that runs alone must end first.</summary>
    public const int Busy = 3;

    public const int Usage = 64;

    /// <summary>Cancelled; the code that shells use for SIGINT.</summary>
    public const int Cancelled = 130;
}
