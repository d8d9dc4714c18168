namespace RagApp.Ingestion.Parsing;

/// <summary>A format that holds other files, which become documents of their own.</summary>
internal interface IContainerFormat : IDocumentFormat
{
    /// <summary>Writes the member that <see cref="IDocumentFormat.Read"/> announced under <paramref name="number"/>.</summary>
    /// <exception cref="ParseRefusedException">There is none, or it cannot be read.</exception>
    /// <exception cref="ParseLimitException">It is larger than a member may be.</exception>
    void Extract(Stream file, int number, Stream output);
}
