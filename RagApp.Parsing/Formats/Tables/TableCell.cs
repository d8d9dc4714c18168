namespace RagApp.Parsing.Formats.Tables;

/// <summary>A cell of a table in any format.</summary>
/// <param name="Column">Number of the first column it covers, from 0.</param>
/// <param name="Columns">Number of columns it covers, at least 1.</param>
/// <param name="Rows">Number of rows it covers; <see cref="UntilNotCovered"/> when the rows below say it, and <see cref="Covered"/> for a place covered by the cell above.</param>
/// <param name="IsStrong">True for bold text.</param>
internal readonly record struct TableCell(int Column, string Text, int Columns = 1, int Rows = 1, bool IsStrong = false)
{
    public const int Covered = 0;
    public const int UntilNotCovered = int.MaxValue;

    /// <summary>Largest number of columns of a table, as many as Excel has.</summary>
    public const int MostColumns = 16_384;

    /// <summary>The column after the last one it covers.</summary>
    public int End => (int)Math.Min((long)Column + Columns, MostColumns);

    public bool HasText => !string.IsNullOrWhiteSpace(Text);
}
