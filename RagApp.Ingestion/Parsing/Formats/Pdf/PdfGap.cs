namespace RagApp.Ingestion.Parsing.Formats.Pdf;

/// <summary>Why a page gave no text.</summary>
internal enum PdfGap
{
    /// <summary>It holds pictures or drawings, but no letters.</summary>
    Picture,

    /// <summary>It cannot be read, or one of its fonts cannot.</summary>
    Damaged,

    /// <summary>It unpacks to more than a page may.</summary>
    TooLarge,
}
