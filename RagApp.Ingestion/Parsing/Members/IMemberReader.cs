namespace RagApp.Ingestion.Parsing.Members;

/// <summary>Takes the files out of a file without letting it harm the service.</summary>
internal interface IMemberReader
{
    /// <summary>
    /// Hands every member to <paramref name="take"/>, one after the other as they come. How it ended is in the result: an
    /// outcome other than text means that not all came; its warnings say what was left out.
    /// </summary>
    /// <param name="name">The file's name, of which only the ending is used.</param>
    /// <param name="take">Reads the bytes to their end. When they break off, the stream throws <see cref="MemberBrokenException"/>, which it lets pass.</param>
    Task<ParseResult> ReadAsync(
        Stream content, string name, Func<DocumentMember, Stream, CancellationToken, Task> take, CancellationToken cancellationToken);
}
