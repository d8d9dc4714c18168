using RagApp.Text;

namespace RagApp.Ingestion.Chunking;

/// <summary>The smallest unit of a chunk: a sentence, a list item, a table row, a code block, or a part of one of these that is too long.</summary>
/// <param name="Gap">The separator before the piece when it follows another piece in the same chunk.</param>
internal sealed record Piece(string Text, string Gap, int? Page)
{
    /// <summary>The rows of the table header repeated at the start of a chunk that begins with this piece, if there is room; empty for none.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>True for a row that names the columns of the rows below it: a chunk does not end with it.</summary>
    public bool StaysWithNext { get; init; }

    public double Words { get; } = WordMeasure.Words(Text);

    public double WordsWithGap => Words + WordMeasure.Words(Gap);
}
