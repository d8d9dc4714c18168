namespace RagApp.Cli.Ingest;

/// <summary>A local file to send.</summary>
/// <param name="FullName">Full path of the file on this machine.</param>
/// <param name="Path">Path of the document on the server.</param>
internal sealed record LocalFile(string FullName, string Path, long Size);

/// <summary>A file or folder that could not be read, sent or processed, and the reason; or a file with a remark.</summary>
internal sealed record FileProblem(string Path, string Reason);
