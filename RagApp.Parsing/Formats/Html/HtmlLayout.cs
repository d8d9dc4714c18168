using AngleSharp.Dom;

namespace RagApp.Parsing.Formats.Html;

/// <summary>
/// Tells tables that only place things on a page, such as two tables side by side, from tables with a table in a cell. Looks at a fixed number of elements, so that
/// time grows in proportion to the page.
/// </summary>
internal static class HtmlLayout
{
    private const int MostRows = 20;
    private const int MostCells = 20;
    private const int MostParts = 20;

    /// <summary>True for a table in a cell that is read as a table of its own: it has rows and columns, and the table around it places it.</summary>
    /// <param name="table">A table in a cell of another one.</param>
    public static bool IsPlaced(IElement table)
    {
        var cell = table.ParentElement;
        if (cell is { LocalName: "div" or "center" or "p" })
            cell = cell.ParentElement;
        return cell is { LocalName: "td", ParentElement: { LocalName: "tr" } row } && HasColumns(table)
            && (IsPresentation(row) || row.Children.Take(MostCells).All(other => other == cell || IsLaidOut(other)));
    }

    private static bool HasColumns(IElement table) => table.Children.Where(part => part.LocalName is "tbody" or "thead" or "tfoot").Take(MostParts)
        .SelectMany(part => part.Children.Take(MostRows)).Count(row => row.LocalName == "tr" && row.Children.Take(2).Count() == 2) > 1;

    private static bool IsPresentation(IElement row)
    {
        var table = row.ParentElement?.LocalName is "table" ? row.ParentElement : row.ParentElement?.ParentElement;
        return table?.GetAttribute("role") is "presentation" or "none";
    }

    /// <summary>True for an empty cell, and for one with blocks, lines, pictures or a table instead of a text.</summary>
    private static bool IsLaidOut(IElement cell) => cell.LocalName == "td"
        && (cell.Children.Take(MostParts).Any(part => part.LocalName is "table" or "div" or "center" or "p" or "br" or "img" or "h1" or "h2" or "h3" or "h4" or "ul" or "ol")
            || cell.ChildNodes.Take(MostParts).All(part => part is IText text && string.IsNullOrWhiteSpace(text.Data)));
}
