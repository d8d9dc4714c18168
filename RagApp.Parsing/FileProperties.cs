namespace RagApp.Parsing;

/// <summary>The metadata of a document; null for what it does not state.</summary>
internal sealed record FileProperties(string? Title = null, string? Author = null, DateTimeOffset? Created = null, DateTimeOffset? Modified = null);
