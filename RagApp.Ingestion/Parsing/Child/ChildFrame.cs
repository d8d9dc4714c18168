namespace RagApp.Ingestion.Parsing.Child;

/// <summary>What a parser child says: a byte for the kind, four for the length, then so many bytes.</summary>
internal enum ChildFrame : byte
{
    /// <summary>The document's media type, as soon as it is seen: the limits of its format hold from here.</summary>
    Detected = 1,

    /// <summary>The result as JSON; the next document may be asked for.</summary>
    Result = 2,
}
