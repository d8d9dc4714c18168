namespace RagApp.Cli.Ingest;

/// <summary>What the command line asks for.</summary>
/// <param name="Prefix">What every document's path begins with; empty for none.</param>
/// <param name="Parallel">Files sent at once.</param>
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
    bool Wait,
    bool Json);
