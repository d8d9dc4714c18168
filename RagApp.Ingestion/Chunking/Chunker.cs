using RagApp.Contracts.Documents;
using RagApp.Ingestion.Parsing;

namespace RagApp.Ingestion.Chunking;

/// <summary>
/// Cuts a document into passages: small ones, at sentence and heading borders, without overlap, every word in
/// one of them; only the names of a table's columns stand in each passage of it. The same document always gives the
/// same passages.
/// </summary>
internal static class Chunker
{
    public static IReadOnlyList<Passage> Cut(string title, IReadOnlyList<TextBlock> blocks)
    {
        var passages = new List<Passage>();
        foreach (var section in Sections.Of(title, blocks))
        {
            foreach (var (text, page) in Pack([.. Pieces.Of(section.Blocks)]))
                passages.Add(new Passage(passages.Count, text, section.Path, page));
        }
        return passages;
    }

    /// <summary>Fills chunks of about equal length: a section of 120 words becomes two of 60, not 110 and 10.</summary>
    private static IEnumerable<(string Text, int? Page)> Pack(List<Piece> pieces)
    {
        var remaining = pieces.Sum(piece => piece.WordsWithGap);
        var aim = Aim(remaining);
        var chunk = new OpenChunk();
        foreach (var piece in pieces)
        {
            if (!chunk.IsEmpty && (chunk.Words >= aim || !chunk.HasRoomFor(piece)))
            {
                yield return chunk.Take();
                remaining -= chunk.Words;
                aim = Aim(remaining);
                chunk = new OpenChunk();
            }
            chunk.Add(piece);
        }
        if (!chunk.IsEmpty)
            yield return chunk.Take();
    }

    private static double Aim(double words) => words / Math.Max(1, Math.Ceiling(words / ChunkSize.MaxWords));
}
