namespace RagApp.Ingestion.Maintenance;

/// <summary>
/// A maintenance task of an operator. It runs in the service, or in the command's own process when the service is down;
/// it is resolved from the services of either and need not know which.
/// </summary>
internal interface IMaintenanceVerb
{
    static abstract VerbDescription Description { get; }

    /// <summary>Does the work; safe to cancel at any point and to run again.</summary>
    /// <returns><see cref="MaintenanceExit.Done"/> or <see cref="MaintenanceExit.Found"/>.</returns>
    /// <exception cref="VerbException">The work cannot be done; the message says what to do.</exception>
    Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken);
}
