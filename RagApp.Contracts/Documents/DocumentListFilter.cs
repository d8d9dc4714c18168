namespace RagApp.Contracts.Documents;

/// <summary>Narrows a list of documents; what is null narrows nothing.</summary>
/// <param name="Tag">One of the document's tags.</param>
/// <param name="Type">Its kind of file, one of <see cref="Search.DocumentTypes"/>.</param>
/// <param name="Source">Where it came from.</param>
public sealed record DocumentListFilter(string? Tag = null, string? Type = null, string? Source = null);
