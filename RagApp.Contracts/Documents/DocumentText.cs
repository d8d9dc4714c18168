namespace RagApp.Contracts.Documents;

/// <summary>The readable text of a document's searchable version, cut into the passages that citations name.</summary>
public sealed record DocumentText(
    string DocumentId,
    int Version,
    string Title,
    string Path,
    IReadOnlyList<Passage> Passages);

/// <summary>One passage.</summary>
/// <param name="Ordinal">Position in the document, from 0; a citation names it.</param>
/// <param name="Text">The text as it stands in the document, without title and headings in front.</param>
/// <param name="Section">Headings above it, outermost first, joined by " › "; empty when there are none.</param>
/// <param name="Page">Page it begins on, from 1; null when the format has no pages.</param>
public sealed record Passage(int Ordinal, string Text, string Section, int? Page);
