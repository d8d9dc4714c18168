namespace RagApp.Ingestion.Parsing.Child;

/// <summary>A document that a parser child is asked to read.</summary>
/// <param name="WithMembers">Whether the files inside it are read as well, in the same process.</param>
internal sealed record ChildRequest(string File, bool WithMembers);
