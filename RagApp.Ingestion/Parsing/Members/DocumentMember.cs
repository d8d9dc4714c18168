namespace RagApp.Ingestion.Parsing.Members;

/// <summary>A file inside a file: an attachment of a mail, an entry of an archive.</summary>
/// <param name="Number">Counted from 1, in the order of the file; the same file gives the same numbers.</param>
/// <param name="Name">Path within the file, cleaned: relative, forward slashes, no <c>..</c>. Two members may have the same.</param>
/// <param name="Size">Bytes it has at most; more never come out of it.</param>
/// <param name="Result">What is in it, where that was asked for (<c>--with-members</c>).</param>
internal sealed record DocumentMember(int Number, string Name, long Size, ParseResult? Result = null);
