namespace RagApp.Ingestion.Parsing;

/// <summary>Reads one format. Runs only in the parser child.</summary>
internal interface IDocumentFormat
{
    /// <summary>Media type that <see cref="FormatDetector"/> gives such files.</summary>
    string ContentType { get; }

    /// <summary>Reads <paramref name="file"/> from its beginning into <paramref name="output"/>.</summary>
    /// <exception cref="ParseRefusedException">It cannot be read.</exception>
    /// <exception cref="ParseLimitException">It asks for too much.</exception>
    void Read(Stream file, BlockWriter output);
}
