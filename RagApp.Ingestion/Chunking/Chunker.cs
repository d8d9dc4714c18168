using System.Globalization;
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
    /// <summary>Most passages of one document, since each has a vector: a book of 2,500 pages has some 25,000.</summary>
    public const int MostPassages = 100_000;

    /// <summary>Most characters of all passages with the title and headings above each, since all that is indexed.</summary>
    public const long MostCharacters = 4L * ParseLimits.Characters;

    /// <exception cref="ParseLimitException">They are too many, or too long with their headings.</exception>
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
