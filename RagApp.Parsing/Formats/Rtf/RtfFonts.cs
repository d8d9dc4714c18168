using System.Text;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Rtf;

/// <summary>The code pages of fonts: <c>{\fonttbl{\f0\fcharset204 Arial;}}</c> is Cyrillic.</summary>
internal sealed class RtfFonts
{
    private const int Western = 1252;

    private readonly Dictionary<int, int> _encodings = [];
    private readonly Dictionary<int, string> _symbolFonts = [];
    private readonly StringBuilder _name = new();
    private int _defined;

    /// <summary>Code page of the document, used for fonts without one.</summary>
    public int DocumentEncoding { get; set; } = Western;

    public int? DefaultFont { get; set; }

    public int DefaultEncoding => DefaultFont is { } font ? EncodingOf(font) : DocumentEncoding;

    public int EncodingOf(int font) => _encodings.GetValueOrDefault(font, DocumentEncoding);

    /// <summary>The name of a font whose characters are symbols; null for other fonts.</summary>
    public string? SymbolFontOf(int font) => _symbolFonts.GetValueOrDefault(font);

    /// <summary>Reads the name of the font being defined, which ends with a semicolon.</summary>
    public void Name(string text)
    {
        _name.Append(text);
        if (!text.Contains(';', StringComparison.Ordinal))
            return;
        if (_name.ToString().TrimEnd(';').Trim() is var name && SymbolFonts.Has(name))
            _symbolFonts[_defined] = name;
        _name.Clear();
    }

    public void Define(string word, int value)
    {
        if (word == "f")
            _defined = value;
        else if (word == "cpg")
            _encodings[_defined] = value;
        else if (word == "fcharset" && ByCharset(value) is { } encoding)
            _encodings[_defined] = encoding;
    }

    private static int? ByCharset(int charset) => charset switch
    {
        0 => Western,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        255 => 437,
        _ => null,
    };
}
