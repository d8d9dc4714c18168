using System.Globalization;
using System.Xml;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>Attributes of the cells of texts, slides and sheets.</summary>
internal static class OdfTables
{
    /// <summary>Number of columns and rows that a cell covers.</summary>
    public static (int Columns, int Rows) SizeOf(XmlReader cell) => (Number(cell.GetAttribute("table:number-columns-spanned")), Number(cell.GetAttribute("table:number-rows-spanned")));

    /// <summary>Number of columns that a cell stands for: equal cells side by side are written once.</summary>
    public static int Repeated(XmlReader cell) => Number(cell.GetAttribute("table:number-columns-repeated"));

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : 1;
}
