using RagApp.Parsing;

namespace RagApp.Ingestion.Chunking;

/// <summary>The blocks under one heading.</summary>
/// <param name="Path">The headings above it, outermost first, joined by <c> › </c>.</param>
internal sealed record Section(string Path, IReadOnlyList<TextBlock> Blocks);
