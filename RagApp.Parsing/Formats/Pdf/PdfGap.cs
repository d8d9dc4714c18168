namespace RagApp.Parsing.Formats.Pdf;

/// <summary>The reason for which a page gave no text.</summary>
internal enum PdfGap
{
    /// <summary>The page has images or drawings but no letters.</summary>
    Picture,

    /// <summary>The page or one of its fonts cannot be read.</summary>
    Damaged,

    /// <summary>The page unpacks to more than the limit.</summary>
    TooLarge,

    /// <summary>Some characters of the page have no Unicode value.</summary>
    NoCharacters,
}
