namespace RagApp.Cli.Ingest;

/// <summary>A file that may be sent.</summary>
/// <param name="FullName">Where it is here.</param>
/// <param name="Path">What the document is known by on the server.</param>
internal sealed record LocalFile(string FullName, string Path, long Size);

/// <summary>A file that is not on the server as it should be, and why.</summary>
internal sealed record FileProblem(string Path, string Reason);
