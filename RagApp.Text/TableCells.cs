using System.Globalization;

namespace RagApp.Text;

/// <summary>The cells of a table row, which stand between bars or tabs, and the kinds of text in them.</summary>
public static class TableCells
{
    /// <summary>Largest number of characters of a column's name or a title.</summary>
    public const int LongestName = 80;

    /// <summary>Returns the cells of a row that are not empty.</summary>
    public static string[] Of(string row) => row.Split(['|', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Largest number of characters of an amount with its unit, such as <c>44 euro</c>, that has more letters than digits.</summary>
    private const int LongestAmount = 16;

    /// <summary>
    /// True for a number, an amount, a percentage or a date: no letter at the start, and at least as many digits as letters unless it is short. A year is no
    /// value.
    /// </summary>
    public static bool IsValue(string cell)
    {
        var (digits, letters) = (cell.Count(char.IsDigit), cell.Count(char.IsLetter));
        var isAmount = cell.Length <= LongestAmount && cell[0] != '('; // "(in 2023)" names a column
        return digits > 0 && !char.IsLetter(cell[0]) && !IsYear(cell) && (digits >= letters || isAmount);
    }

    /// <summary>True for a short text that may name a column: words, a year, or a currency.</summary>
    public static bool IsName(string cell) => cell.Length <= LongestName
        && (char.IsLetter(cell[0]) || cell[0] == '(' || char.GetUnicodeCategory(cell[0]) == UnicodeCategory.CurrencySymbol || IsYear(cell)) && !IsValue(cell);

    private static bool IsYear(string cell) => int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2100;
}
