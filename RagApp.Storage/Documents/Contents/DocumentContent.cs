using RagApp.Contracts.Documents;

namespace RagApp.Storage.Documents.Contents;

/// <summary>The text of one version: its title, its language, and its passages in reading order.</summary>
public sealed record DocumentContent(string Title, string Language, IReadOnlyList<Passage> Passages);
