using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>The number formats of cells: a cell names a style (<c>cellXfs/xf</c>), and a style names a number format.</summary>
internal sealed class XlsxStyles
{
    private readonly Dictionary<int, string> _custom = [];
    private readonly List<int> _formats = [];

    public static XlsxStyles Read(OfficeArchive archive, string part)
    {
        var styles = new XlsxStyles();
        var inCells = false;
        using var reader = archive.OpenXml(part);
        while (reader?.Read() is true)
        {
            if (reader.LocalName == "cellXfs")
                inCells = reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
            else if (reader.NodeType == XmlNodeType.Element)
                styles.ReadFormat(reader, inCells);
        }
        return styles;
    }

    /// <summary>The number format of a style in Excel's notation, for example <c>0.00%</c>; empty for none.</summary>
    public string FormatOf(string? style)
    {
        if (!TryNumber(style, out var index) || index >= _formats.Count)
            return "";
        return _custom.GetValueOrDefault(_formats[index]) ?? BuiltIn(_formats[index]);
    }

    private void ReadFormat(XmlReader reader, bool inCells)
    {
        if (!TryNumber(reader.GetAttribute("numFmtId"), out var id))
            id = 0;
        if (reader.LocalName == "numFmt")
            _custom[id] = reader.GetAttribute("formatCode") ?? "";
        else if (reader.LocalName == "xf" && inCells)
            _formats.Add(id);
    }

    private static bool TryNumber(string? text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>The built-in number formats, which a workbook refers to by number without storing them (ECMA-376, part 1, 18.8.30).</summary>
    private static string BuiltIn(int id) => id switch
    {
        1 => "0",
        2 => "0.00",
        3 or 37 or 38 => "#,##0",
        4 or 39 or 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 or 15 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => "yyyy-mm-dd",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 or 20 or 32 or 34 or 55 => "h:mm",
        19 or 21 or 33 or 35 or 56 => "h:mm:ss",
        22 => "yyyy-mm-dd h:mm",
        41 or 42 => "#,##0",
        43 or 44 => "#,##0.00",
        45 or 47 => "mm:ss",
        46 => "[h]:mm:ss",
        _ => "",
    };
}
