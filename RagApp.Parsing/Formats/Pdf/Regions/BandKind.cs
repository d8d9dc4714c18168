namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>The kind of a band, which says in which order it is read.</summary>
internal enum BandKind
{
    /// <summary>Lines one below the other.</summary>
    Lines,

    /// <summary>Columns of text, one after the other.</summary>
    Columns,

    /// <summary>Rows of a table or of labels and values.</summary>
    Table,

    /// <summary>Signs or numbers of a list, each before its text.</summary>
    List,

    /// <summary>Text with numbers of its lines in the margin.</summary>
    NumberedLines,
}
