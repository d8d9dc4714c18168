namespace RagApp.Contracts.Documents;

/// <summary>The readable text of a document's searchable version, split into the passages that citations name.</summary>
public sealed record DocumentText(
    string DocumentId,
    int Version,
    string Title,
    string Path,
    IReadOnlyList<Passage> Passages);

/// <summary>One passage of a document.</summary>
/// <param name="Ordinal">Position in the document, from 0; citations name it.</param>
/// <param name="Text">Text as the document has it, without the title and headings added for the search.</param>
/// <param name="Section">Headings above the passage, outermost first, joined by " › "; empty when there are none.</param>
/// <param name="Page">Page the passage begins on, from 1; null when the format has no pages.</param>
public sealed record Passage(int Ordinal, string Text, string Section, int? Page);
