using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>The number formats and bold fonts of cells: a cell names a style (<c>cellXfs/xf</c>), and a style names a number format and a font.</summary>
internal sealed class XlsxStyles
{
    private readonly Dictionary<int, string> _custom = [];
    private readonly List<(int Format, int Font)> _styles = [];
    private readonly List<bool> _boldFonts = [];

    public static XlsxStyles Read(OfficeArchive archive, string part)
    {
        var styles = new XlsxStyles();
        var list = "";
        using var reader = archive.OpenXml(part);
        while (reader?.Read() is true)
        {
            if (reader.LocalName is "cellXfs" or "fonts" && reader is { IsEmptyElement: false })
                list = reader.NodeType == XmlNodeType.Element ? reader.LocalName : "";
            else if (reader.NodeType == XmlNodeType.Element)
                styles.ReadElement(reader, list);
        }
        return styles;
    }

    /// <summary>The number format of a style in Excel's notation, for example <c>0.00%</c>; empty for none.</summary>
    public string FormatOf(string? style)
    {
        if (!TryNumber(style, out var index) || index >= _styles.Count)
            return "";
        return _custom.GetValueOrDefault(_styles[index].Format) ?? BuiltIn(_styles[index].Format);
    }

    public bool IsBold(string? style) =>
        TryNumber(style, out var index) && index < _styles.Count && _styles[index].Font < _boldFonts.Count && _boldFonts[_styles[index].Font];

    private void ReadElement(XmlReader reader, string list)
    {
        switch (reader.LocalName)
        {
            case "numFmt":
                _custom[NumberOf(reader, "numFmtId")] = reader.GetAttribute("formatCode") ?? "";
                break;
            case "xf" when list == "cellXfs":
                _styles.Add((NumberOf(reader, "numFmtId"), NumberOf(reader, "fontId")));
                break;
            case "font" when list == "fonts":
                _boldFonts.Add(false);
                break;
            case "b" when list == "fonts" && _boldFonts.Count > 0:
                _boldFonts[^1] = reader.GetAttribute("val") is not ("0" or "false");
                break;
        }
    }

    private static int NumberOf(XmlReader reader, string attribute) => TryNumber(reader.GetAttribute(attribute), out var number) ? number : 0;

    private static bool TryNumber(string? text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>The built-in number formats, which a workbook refers to by number without storing them (ECMA-376, part 1, 18.8.30).</summary>
    private static string BuiltIn(int id) => id switch
    {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 or 15 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => "yyyy-mm-dd",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 or 20 or 32 or 34 or 55 => "h:mm",
        19 or 21 or 33 or 35 or 56 => "h:mm:ss",
        22 => "yyyy-mm-dd h:mm",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        37 or 38 or 41 or 42 => "#,##0;(#,##0)",
        39 or 40 or 43 or 44 => "#,##0.00;(#,##0.00)",
        48 => "##0.0E+0",
        49 => "@",
        45 or 47 => "mm:ss",
        46 => "[h]:mm:ss",
        _ => "",
    };
}
