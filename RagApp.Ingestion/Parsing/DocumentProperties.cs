namespace RagApp.Ingestion.Parsing;

/// <summary>What a document says about itself; null where it says nothing.</summary>
internal sealed record DocumentProperties(string? Title = null, string? Author = null, DateTimeOffset? Created = null, DateTimeOffset? Modified = null);
