namespace RagApp.Ingestion.Parsing;

/// <summary>Reads a document without letting it harm the service.</summary>
internal interface IDocumentParser
{
    /// <summary>Reads <paramref name="content"/>; whatever it holds, the answer is a result.</summary>
    /// <param name="tenant">Whose document it is: no process that has read one tenant's reads another's.</param>
    /// <param name="name">The file's name, of which only the ending is used, and only between Markdown and plain text.</param>
    Task<ParseResult> ParseAsync(string tenant, Stream content, string name, CancellationToken cancellationToken);
}
