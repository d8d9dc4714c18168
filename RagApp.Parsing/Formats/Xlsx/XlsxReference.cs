using System.Globalization;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>References to cells such as <c>AB7</c>.</summary>
internal static class XlsxReference
{
    private const int MostLetters = 4;

    /// <summary>The row, from 1, and the column, from 0; null when the reference is not one.</summary>
    public static (int Row, int Column)? Parse(string? reference) =>
        ColumnOf(reference) is { } column && int.TryParse(reference.AsSpan().TrimStart("$ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? (row, column) : null;

    /// <summary>The column of a cell reference: <c>A7</c> is column 0, <c>AB7</c> is 27; null without a reference.</summary>
    public static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in reference?.TakeWhile(char.IsAsciiLetter).Take(MostLetters) ?? [])
            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
        return column > 0 ? column - 1 : null;
    }
}
