namespace RagApp.Parsing.Formats.Rtf;

internal enum RtfTokenKind
{
    End,
    OpenGroup,
    CloseGroup,

    /// <summary>A control word of letters, with or without a number: <c>\b0</c>.</summary>
    Word,

    /// <summary>A control symbol, one character that is not a letter: <c>\~</c>.</summary>
    Symbol,

    /// <summary>A byte of text, written directly or as <c>\'e9</c>.</summary>
    Byte,
}
