namespace RagApp.Parsing.Formats.Tables;

/// <summary>Takes the rows of one table and writes them.</summary>
internal interface ITable
{
    /// <summary>True when a row below the column names was written.</summary>
    bool HasRows { get; }

    /// <param name="row">The cells that have text, by column.</param>
    /// <param name="isHeader">True when the file says that the row names the columns.</param>
    void Add(IReadOnlyList<TableCell> row, bool isHeader);

    void End();
}
