using System.Globalization;
using RagApp.Contracts.Documents;
using RagApp.Parsing;

namespace RagApp.Ingestion.Chunking;

/// <summary>
/// Cuts a document into small passages at sentence and heading borders. Passages do not overlap: every word is in one
/// passage, except the column names of a table, which are repeated in each passage of the table. The same document
/// always gives the same passages.
/// </summary>
internal static class Chunker
{
    /// <summary>Largest number of passages in a document, since each has a vector. A book of 2,500 pages has some 25,000.</summary>
    public const int MostPassages = 100_000;

    /// <summary>Largest number of characters of all passages together, each with its title and headings, since all of that is indexed.</summary>
    public const long MostCharacters = 4L * ParseLimits.Characters;

    /// <exception cref="ParseLimitException">The document has too many passages, or too many characters with their headings.</exception>
    public static IReadOnlyList<Passage> Cut(string title, IReadOnlyList<TextBlock> blocks, CancellationToken cancellationToken = default)
    {
        var passages = new List<Passage>();
        var characters = 0L;
        foreach (var section in Sections.Of(title, blocks))
        {
            foreach (var (text, page) in Pack(PiecesOf(section, cancellationToken)))
            {
                passages.Add(new Passage(passages.Count, text, section.Path, page));
                characters += title.Length + section.Path.Length + text.Length;
                Require(passages.Count, characters);
            }
        }
        return passages;
    }

    private static void Require(int passages, long characters)
    {
        if (passages > MostPassages)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                $"Its text comes apart into more than {MostPassages:N0} passages. Split it into several documents, or make fewer of its lines headings."));
        if (characters > MostCharacters)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                $"Its passages have more than {MostCharacters:N0} characters with the headings above each. Split it into several documents, or shorten its headings."));
    }

    private static List<Piece> PiecesOf(Section section, CancellationToken cancellationToken)
    {
        var pieces = new List<Piece>();
        foreach (var piece in Pieces.Of(section.Blocks))
        {
            cancellationToken.ThrowIfCancellationRequested();
            pieces.Add(piece);
        }
        return pieces;
    }

    /// <summary>Fills chunks of about equal length: a section of 120 words becomes two of 60, not 110 and 10.</summary>
    private static IEnumerable<(string Text, int? Page)> Pack(List<Piece> pieces)
    {
        var remaining = pieces.Sum(piece => piece.WordsWithGap);
        var aim = Aim(remaining);
        var chunk = new OpenChunk();
        for (var at = 0; at < pieces.Count; at++)
        {
            var piece = pieces[at];
            if (!chunk.IsEmpty && (chunk.Words >= aim || !chunk.HasRoomFor(piece) || IsHeaderWithoutRoomBelow(at)))
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

        bool IsHeaderWithoutRoomBelow(int at)
        {
            if (!pieces[at].StaysWithNext || (at > 0 && pieces[at - 1].StaysWithNext))
                return false;
            var end = pieces.FindIndex(at, piece => !piece.StaysWithNext);
            return end > 0 && !chunk.HasRoomFor([.. pieces[at..(end + 1)]]);
        }
    }

    private static double Aim(double words) => words / Math.Max(1, Math.Ceiling(words / ChunkSize.MaxWords));
}
