namespace RagApp.Ingestion.Maintenance;

/// <summary>A verb could not do its work; the message says why and what to do.</summary>
internal sealed class VerbException(string message, int exit = MaintenanceExit.Failed, Exception? inner = null) : Exception(message, inner)
{
    public int Exit { get; } = exit;

    public static VerbException Usage(string message) => new(message, MaintenanceExit.Usage);
}
