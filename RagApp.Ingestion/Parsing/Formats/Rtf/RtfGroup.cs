namespace RagApp.Ingestion.Parsing.Formats.Rtf;

/// <summary>What holds between a brace and the one that closes it; a group begins with what holds around it.</summary>
/// <param name="Destination">What the text is: of the document, of a table of fonts or styles, or not read at all.</param>
/// <param name="Encoding">Number of the code page that bytes are in.</param>
/// <param name="BytesAfterUnicode">How many characters after <c>\u233</c> stand for it in programs that do not know it.</param>
/// <param name="Invisible">Hidden or deleted.</param>
/// <param name="OpensStory">The group has paragraphs of its own: a note, a header.</param>
internal readonly record struct RtfGroup(RtfDestination Destination, int Encoding, int BytesAfterUnicode, bool Invisible, bool OpensStory);
