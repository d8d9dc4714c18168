namespace RagApp.Cli.Estimate;

/// <summary>Estimate for one file: the passages that it would become on the server.</summary>
/// <param name="Type">Kind of file, such as <c>pdf</c>; <c>other</c> when it cannot be read.</param>
/// <param name="Size">Size of the file in bytes.</param>
/// <param name="Reason">Sentence that says why it cannot be read; null when it can.</param>
/// <param name="Text">Text of the file and of the files inside it.</param>
internal sealed record FileEstimate(string Path, string Type, long Size, string? Reason, TextEstimate Text);
