namespace RagApp.Parsing.Members;

/// <summary>A file inside a file: an attachment of a mail, an entry of an archive.</summary>
/// <param name="Number">Number in the order of the file, from 1; the same file gives the same numbers.</param>
/// <param name="Name">Sanitized path within the file: relative, forward slashes, no <c>..</c>. Two members may have the same path.</param>
/// <param name="Size">Largest number of bytes; the member is cut off beyond it.</param>
/// <param name="Result">The result of reading the member, when requested (<c>--with-members</c>).</param>
internal sealed record DocumentMember(int Number, string Name, long Size, ParseResult? Result = null);
