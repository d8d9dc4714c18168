namespace RagApp.Contracts.Reading;

/// <summary>A question to be looked for in passages: request of <c>POST /v1/read</c> of the embedding service.</summary>
/// <param name="Passages">Passages in the order in which they are read, the likeliest first.</param>
/// <param name="Enough">
/// Probability, 0 to 1, at which a passage ends the reading: the passages behind it, but for those that are read already, are
/// left out. Null to read all.
/// </param>
public sealed record ReadRequest(string Question, IReadOnlyList<PassageToRead> Passages, double? Enough = null);

/// <param name="Context">Title and headings of the passage, each on a line of its own; empty when it has none.</param>
public sealed record PassageToRead(string Context, string Text);
