using RagApp.Parsing;

namespace RagApp.Ingestion.Parsing;

/// <summary>Reads a document without letting it harm the service.</summary>
internal interface IDocumentParser
{
    /// <summary>Reads <paramref name="content"/>. Always returns a result, also for damaged or harmful content.</summary>
    /// <param name="tenant">The tenant that owns the document. A process that has read one tenant's document never reads another tenant's.</param>
    /// <param name="name">The file's name. Only its extension is used, to tell Markdown from plain text.</param>
    Task<ParseResult> ParseAsync(string tenant, Stream content, string name, CancellationToken cancellationToken);
}
