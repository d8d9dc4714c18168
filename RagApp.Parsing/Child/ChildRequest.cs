namespace RagApp.Parsing.Child;

/// <summary>A request to a parser child to read a document.</summary>
/// <param name="WithMembers">True when the files inside the document are read as well, in the same process.</param>
internal sealed record ChildRequest(string File, bool WithMembers);
