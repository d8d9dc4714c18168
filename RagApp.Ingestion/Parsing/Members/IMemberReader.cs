using RagApp.Parsing;
using RagApp.Parsing.Members;

namespace RagApp.Ingestion.Parsing.Members;

/// <summary>Extracts the files inside a file without letting it harm the service.</summary>
internal interface IMemberReader
{
    /// <summary>
    /// Passes the members to <paramref name="take"/> one after the other. An outcome other than text means that some
    /// members are missing; the warnings of the result say what was left out.
    /// </summary>
    /// <param name="name">The file's name; only its extension is used.</param>
    /// <param name="take">
    /// Reads a member's bytes to their end. The stream throws <see cref="MemberBrokenException"/> when the bytes break
    /// off; <paramref name="take"/> must not catch it.
    /// </param>
    Task<ParseResult> ReadAsync(
        Stream content, string name, Func<DocumentMember, Stream, CancellationToken, Task> take, CancellationToken cancellationToken);
}
