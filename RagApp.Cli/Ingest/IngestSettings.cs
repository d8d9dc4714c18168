namespace RagApp.Cli.Ingest;

/// <summary>Settings of the command line.</summary>
/// <param name="Prefix">Prefix of every document's path; empty for none.</param>
/// <param name="Estimate">True to estimate what sending the folder would cost, and send nothing.</param>
/// <param name="Parallel">Number of files sent at the same time.</param>
internal sealed record IngestSettings(
    DirectoryInfo Folder,
    Uri Server,
    string ApiKey,
    IReadOnlyList<string> Access,
    IReadOnlyList<string> Tags,
    string? Source,
    string Prefix,
    IReadOnlyList<string> Include,
    IReadOnlyList<string> Exclude,
    int Parallel,
    bool DryRun,
    bool Estimate,
    bool Wait,
    bool Json);
