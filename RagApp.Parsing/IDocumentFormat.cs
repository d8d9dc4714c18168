namespace RagApp.Parsing;

/// <summary>
/// A document format: it declares its names, recognizes its files and reads them. A new format is a class in its own
/// folder and a line in <see cref="FormatRegistry.Shipped"/>.
/// </summary>
internal interface IDocumentFormat
{
    /// <summary>Short name, for settings and the command line: <c>pdf</c>.</summary>
    string Name { get; }

    /// <summary>The name shown to people: <c>Word</c>. Formats of one family share it.</summary>
    string Title { get; }

    /// <summary>The media type of its files.</summary>
    string ContentType { get; }

    /// <summary>The kind of file that searches and lists filter by: one of the contracts' <c>DocumentTypes</c>.</summary>
    string DocumentType { get; }

    /// <summary>File extensions, in lower case with the dot.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>
    /// True when the content is of this format. Formats are asked in the order of their registration; the first match reads the
    /// file.
    /// </summary>
    bool Recognizes(FileSample sample);

    /// <summary>Reads <paramref name="file"/> from its beginning into <paramref name="output"/>. Runs only in the parser child.</summary>
    /// <exception cref="ParseRefusedException">The file cannot be read.</exception>
    /// <exception cref="ParseLimitException">The file exceeds a limit.</exception>
    void Read(Stream file, BlockWriter output);
}
