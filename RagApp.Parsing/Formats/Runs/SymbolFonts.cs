namespace RagApp.Parsing.Formats.Runs;

/// <summary>
/// Maps the characters of the symbol fonts, which have numbers of their own (as <c>F0B1</c> in Symbol for ±), to Unicode. Boxes become <c>[x]</c> and <c>[ ]</c>.
/// </summary>
internal static class SymbolFonts
{
    private const int FirstPrivate = 0xF000;
    private const int LastPrivate = 0xF0FF;
    private const string Ticked = "[x]";
    private const string NotTicked = "[ ]";

    /// <summary>Symbol from 20 to 7E (hexadecimal).</summary>
    private const string SymbolLow =
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

    /// <summary>Symbol from A0 to DF (hexadecimal).</summary>
    private const string SymbolHigh = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓";

    /// <summary>True for a font whose characters are symbols.</summary>
    public static bool Has(string? font) => font is not null && (font.StartsWith("Wingdings", StringComparison.OrdinalIgnoreCase) || font is "Symbol" or "Webdings" or "Symbol MT");

    /// <summary>The text of a character; empty when it is not known.</summary>
    /// <param name="code">Its number, with or without F000 (hexadecimal).</param>
    public static string Text(string? font, int code)
    {
        var character = code is >= FirstPrivate and <= LastPrivate ? code - FirstPrivate : code;
        return font?.ToUpperInvariant() switch
        {
            "WINGDINGS" => Wingdings(character),
            "WINGDINGS 2" => Wingdings2(character),
            "WEBDINGS" => Webdings(character),
            "SYMBOL" or "SYMBOL MT" => Symbol(character),
            _ => code is >= FirstPrivate and <= LastPrivate or > char.MaxValue or < ' ' ? "" : ((char)code).ToString(),
        };
    }

    /// <summary>The text of a run in a symbol font.</summary>
    public static string Text(string font, string run) => string.Concat(run.Select(c => c is >= (char)FirstPrivate and <= (char)LastPrivate || c < 0x100 ? Text(font, c) : c.ToString()));

    private static string Symbol(int character) => character switch
    {
        >= 0x20 and <= 0x7E => SymbolLow[character - 0x20].ToString(),
        >= 0xA0 and <= 0xDF => SymbolHigh[character - 0xA0].ToString(),
        _ => "",
    };

    private static string Wingdings(int character) => character switch
    {
        0x20 => " ",
        0xFD or 0xFE or 0x78 => Ticked,
        0x6F or 0x70 or 0x71 or 0x72 or 0xA8 => NotTicked,
        0xFC => "✓",
        0xFB => "✗",
        0x6C or 0x6E or 0x9F or 0xA7 => "•",
        0xD8 => "➢",
        0xDF or 0xE7 or 0xEF => "←",
        0xE0 or 0xE8 or 0xF0 => "→",
        0xE1 or 0xE9 or 0xF1 => "↑",
        0xE2 or 0xEA or 0xF2 => "↓",
        0xF3 => "↔",
        0xAB => "★",
        0x28 => "☎",
        0x2A => "✉",
        0x4A => "☺",
        0x4C => "☹",
        >= 0x81 and <= 0x8A => Numerals.Decimal(character - 0x80),
        >= 0x8C and <= 0x95 => Numerals.Decimal(character - 0x8B),
        _ => "",
    };

    private static string Wingdings2(int character) => character switch
    {
        0x20 => " ",
        0x50 => "✓",
        0x4F => "✗",
        0x51 or 0x52 or 0x53 or 0x54 => Ticked,
        0xA3 or 0x2A or 0x30 => NotTicked,
        _ => "",
    };

    private static string Webdings(int character) => character switch
    {
        0x20 => " ",
        0x61 => "✓",
        0x72 => "✗",
        0x63 => NotTicked,
        0x67 => "■",
        _ => "",
    };
}
