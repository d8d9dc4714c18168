using RagApp.Contracts.Search;

namespace RagApp.Storage.Index;

/// <summary>One version of a document as the index takes it in.</summary>
/// <param name="Incarnation">The life of the path that the version is of, see <see cref="Documents.DocumentManifest.Incarnation"/>.</param>
/// <param name="Access">Who may read it; an empty list means nobody.</param>
/// <param name="Model">Id of the embedding model that made the vectors.</param>
/// <param name="Properties">What it can be filtered by; its language is also the one that its text is analysed in.</param>
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

/// <summary>One chunk with its vector.</summary>
/// <param name="Ordinal">Position in the document, from 0.</param>
/// <param name="Text">The passage as it stands in the document.</param>
/// <param name="Section">Headings above it, outermost first, joined by " › ".</param>
/// <param name="Page">Page it begins on, from 1; null when the format has no pages.</param>
/// <param name="Vector">Of length one, in the model's dimension.</param>
public sealed record ChunkEntry(int Ordinal, string Text, string Section, int? Page, ReadOnlyMemory<float> Vector);
