namespace RagApp.Parsing;

/// <summary>
/// A format that looks like plain text, so that its content is no proof. A file that no format recognizes is matched by
/// its extension, and without a known extension by its notation.
/// </summary>
internal interface ITextFormat : IDocumentFormat
{
    /// <summary>True when the text looks like this format.</summary>
    bool LooksLike(FileSample sample);
}
