using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>The properties of a run (<c>w:rPr</c>) that change what it says, and its text.</summary>
internal sealed class DocxRun
{
    private RunStyle _style;
    private string? _font;
    private bool _hidden;

    public void Begin() => (_style, _font, _hidden) = (default, null, false);

    public void ReadProperty(XmlReader reader)
    {
        switch (reader.LocalName)
        {
            case "vanish":
                _hidden = reader.IsOn();
                break;
            case "vertAlign":
                _style = _style with { Baseline = reader.Attribute("val") switch { "superscript" => Baseline.Super, "subscript" => Baseline.Sub, _ => Baseline.Normal } };
                break;
            case "strike" or "dstrike":
                _style = _style with { Struck = _style.Struck || reader.IsOn() };
                break;
            case "b":
                _style = _style with { Bold = reader.IsOn() };
                break;
            case "rFonts":
                _font = reader.Attribute("ascii") ?? reader.Attribute("hAnsi");
                break;
        }
    }

    public void ReadText(XmlReader reader, RunText text)
    {
        if (_hidden)
            return;
        switch (reader.LocalName)
        {
            case "t":
                var shown = reader.TakeText();
                text.Append(SymbolFonts.Has(_font) ? SymbolFonts.Text(_font!, shown) : shown, _style);
                break;
            case "sym" when int.TryParse(reader.Attribute("char"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code):
                text.Append(SymbolFonts.Text(reader.Attribute("font"), code), _style);
                break;
            case "tab" or "ptab":
                text.Append('\t');
                break;
            case "br" or "cr":
                text.Append('\n');
                break;
            case "noBreakHyphen":
                text.Append('-', _style);
                break;
        }
    }
}
