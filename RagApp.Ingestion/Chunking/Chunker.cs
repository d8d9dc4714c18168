using System.Text;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Parsing;

namespace RagApp.Ingestion.Chunking;

/// <summary>
/// Cuts a document into passages: small ones, at sentence and heading borders, without overlap, every word in
/// one of them. The same document always gives the same passages.
/// </summary>
internal static class Chunker
{
    public static IReadOnlyList<Passage> Cut(string title, IReadOnlyList<TextBlock> blocks)
    {
        var passages = new List<Passage>();
        foreach (var section in Sections.Of(title, blocks))
        {
            foreach (var (text, page) in Pack([.. section.Blocks.SelectMany(Pieces.Of)]))
                passages.Add(new Passage(passages.Count, text, section.Path, page));
        }
        return passages;
    }

    /// <summary>Fills chunks of about equal length: a section of 120 words becomes two of 60, not 110 and 10.</summary>
    private static IEnumerable<(string Text, int? Page)> Pack(List<Piece> pieces)
    {
        var remaining = pieces.Sum(piece => piece.WordsWithGap);
        var chunk = new StringBuilder();
        double words = 0;
        var aim = Aim(remaining);
        int? page = null;
        foreach (var piece in pieces)
        {
            var full = words >= aim || words + piece.WordsWithGap > ChunkSize.MaxWords
                || chunk.Length + piece.Gap.Length + piece.Text.Length > ChunkSize.MaxCharacters;
            if (chunk.Length > 0 && full)
            {
                yield return (chunk.ToString(), page);
                remaining -= words;
                aim = Aim(remaining);
                chunk.Clear();
                words = 0;
            }
            if (chunk.Length == 0)
                page = piece.Page;
            else
                chunk.Append(piece.Gap);
            chunk.Append(piece.Text);
            words += words > 0 ? piece.WordsWithGap : piece.Words;
        }
        if (chunk.Length > 0)
            yield return (chunk.ToString(), page);
    }

    private static double Aim(double words) => words / Math.Max(1, Math.Ceiling(words / ChunkSize.MaxWords));
}
