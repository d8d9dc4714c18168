namespace RagApp.Ingestion.Parsing.Formats.Rtf;

internal enum RtfTokenKind
{
    End,
    OpenGroup,
    CloseGroup,

    /// <summary><c>\b0</c>: a word of letters, maybe with a number.</summary>
    Word,

    /// <summary><c>\~</c>: one character that is no letter.</summary>
    Symbol,

    /// <summary>A byte of text, as it is or as <c>\'e9</c>.</summary>
    Byte,
}
