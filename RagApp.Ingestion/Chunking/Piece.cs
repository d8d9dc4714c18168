namespace RagApp.Ingestion.Chunking;

/// <summary>The least that a chunk is made of: a sentence, a list item, a row, or a part of one that is too long.</summary>
/// <param name="Gap">What stands before it when it follows another piece in the same chunk.</param>
/// <param name="Header">What a chunk that begins with it says first, if there is room; null for nothing.</param>
internal sealed record Piece(string Text, string Gap, int? Page, Piece? Header = null)
{
    public double Words { get; } = ChunkSize.Words(Text);

    public double WordsWithGap => Words + ChunkSize.Words(Gap);
}
