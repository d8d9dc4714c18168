namespace RagApp.Ingestion.Chunking;

/// <summary>The least that a chunk is made of: a sentence, a list item, a row, or a part of one that is too long.</summary>
/// <param name="Gap">What stands before it when it follows another piece in the same chunk.</param>
internal sealed record Piece(string Text, string Gap, int? Page)
{
    public double Words { get; } = ChunkSize.Words(Text);

    public double WordsWithGap => Words + ChunkSize.Words(Gap);
}
