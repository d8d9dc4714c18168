using RagApp.Contracts.Search;

namespace RagApp.Storage.Index;

/// <summary>One version of a document, ready to be indexed.</summary>
/// <param name="Incarnation">Incarnation of the document, see <see cref="Documents.Manifests.DocumentManifest.Incarnation"/>.</param>
/// <param name="Access">Access list; with an empty list nobody may read the document.</param>
/// <param name="Model">Id of the embedding model that made the vectors.</param>
/// <param name="Properties">Properties to filter by; the text is analysed in their language.</param>
public sealed record IndexedDocument(
    string Tenant,
    string DocumentId,
    string Incarnation,
    int Version,
    string Path,
    string Title,
    DocumentProperties Properties,
    IReadOnlyList<string> Access,
    string Model,
    IReadOnlyList<ChunkEntry> Chunks);

/// <summary>One chunk of a document with its vector.</summary>
/// <param name="Ordinal">Position in the document, from 0.</param>
/// <param name="Text">Text of the chunk, as in the document.</param>
/// <param name="Section">Headings above the chunk, outermost first, joined by " › ".</param>
/// <param name="Page">Page that the chunk begins on, from 1; null when the format has no pages.</param>
/// <param name="Vector">Vector of length one, in the model's dimension.</param>
public sealed record ChunkEntry(int Ordinal, string Text, string Section, int? Page, ReadOnlyMemory<float> Vector);
