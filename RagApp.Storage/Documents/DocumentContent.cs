using RagApp.Contracts.Documents;

namespace RagApp.Storage.Documents;

/// <summary>What was read out of one version: the passages in reading order, and the language of the text.</summary>
public sealed record DocumentContent(string Title, string Language, IReadOnlyList<Passage> Passages);
