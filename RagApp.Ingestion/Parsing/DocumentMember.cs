namespace RagApp.Ingestion.Parsing;

/// <summary>A file inside a file: an attachment of a mail, an entry of an archive.</summary>
/// <param name="Number">Counted from 1, in the order of the file; the same file gives the same numbers.</param>
/// <param name="Name">Path within the file, cleaned: relative, forward slashes, no <c>..</c>.</param>
/// <param name="Size">Bytes as the file declares them, which may be wrong; null when it does not say.</param>
internal sealed record DocumentMember(int Number, string Name, long? Size);
