namespace RagApp.Parsing.Formats.Rtf;

/// <summary>Control words that stand for a character.</summary>
internal static class RtfCharacters
{
    public static string? Of(string word) => word switch
    {
        "tab" => "\t",
        "line" or "lbr" => "\n",
        "emdash" => "\u2014",
        "endash" => "\u2013",
        "bullet" => "\u2022",
        "lquote" => "\u2018",
        "rquote" => "\u2019",
        "ldblquote" => "\u201C",
        "rdblquote" => "\u201D",
        "emspace" or "enspace" or "qmspace" => " ",
        _ => null,
    };
}
