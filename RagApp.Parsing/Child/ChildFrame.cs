namespace RagApp.Parsing.Child;

/// <summary>Kinds of messages from a parser child. A message is one byte for the kind, four bytes for the length, and that many bytes.</summary>
internal enum ChildFrame : byte
{
    /// <summary>The document's media type, sent as soon as it is detected; from then on the limits of its format apply.</summary>
    Detected = 1,

    /// <summary>The result as JSON; the next document may then be requested.</summary>
    Result = 2,
}
