using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>The merged cells of a sheet. The file lists them behind the rows, so they are read before: <c>mergeCells / mergeCell ref="A1:B2"</c>.</summary>
internal sealed class XlsxMerges
{
    private const int Most = 100_000;

    private readonly Dictionary<(int Row, int Column), (int Rows, int Columns)> _sizes = [];

    public static XlsxMerges Read(OfficeArchive archive, string part)
    {
        var merges = new XlsxMerges();
        using var reader = archive.OpenXml(part);
        while (reader is { EOF: false } && merges._sizes.Count < Most)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "sheetData" or "sheetViews" or "conditionalFormatting" })
            {
                reader.Skip();
                continue;
            }
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "mergeCell" })
                merges.Add(reader.GetAttribute("ref"));
            reader.Read();
        }
        return merges;
    }

    /// <summary>Number of rows and columns that a cell covers.</summary>
    public (int Rows, int Columns) SizeOf(int row, int column) => _sizes.GetValueOrDefault((row, column), (1, 1));

    private void Add(string? range)
    {
        if (range?.Split(':') is not [var from, var to] || XlsxReference.Parse(from) is not { } first || XlsxReference.Parse(to) is not { } last)
            return;
        var (rows, columns) = (last.Row - first.Row + 1, last.Column - first.Column + 1);
        if (rows > 0 && columns > 0)
            _sizes[first] = (rows, columns);
    }
}
