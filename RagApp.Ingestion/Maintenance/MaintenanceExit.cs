namespace RagApp.Ingestion.Maintenance;

/// <summary>What <c>maintenance</c> exits with.</summary>
internal static class MaintenanceExit
{
    public const int Done = 0;

    /// <summary>Done, and what was looked for was found, such as orphans.</summary>
    public const int Found = 1;

    /// <summary>It could not be done; standard error says why.</summary>
    public const int Failed = 2;

    /// <summary>Another verb is running that must end first.</summary>
    public const int Busy = 3;

    public const int Usage = 64;

    /// <summary>Cancelled, as shells report it.</summary>
    public const int Cancelled = 130;
}
