using System.Text;
using RagApp.Text;

namespace RagApp.Ingestion.Chunking;

/// <summary>A chunk to which pieces are still being added.</summary>
internal sealed class OpenChunk
{
    /// <summary>Largest number of words in a table header that is repeated; a longer header would leave too little room for the rows.</summary>
    private const double MostHeaderWords = ChunkSize.MaxWords / 2;

    private readonly StringBuilder _text = new();
    private int? _page;
    private double _headerWords;

    public bool IsEmpty => _text.Length == 0;

    /// <summary>Number of words in the chunk without a repeated header, whose words are counted where the header first stood.</summary>
    public double Words { get; private set; }

    public bool HasRoomFor(Piece piece) => Fits(_text.Length + piece.Gap.Length + piece.Text.Length, _headerWords + Words + piece.WordsWithGap);

    public bool HasRoomFor(IReadOnlyList<Piece> pieces) =>
        Fits(_text.Length + pieces.Sum(piece => piece.Gap.Length + piece.Text.Length), _headerWords + Words + pieces.Sum(piece => piece.WordsWithGap));

    public void Add(Piece piece)
    {
        if (IsEmpty)
        {
            Begin(piece);
            return;
        }
        _text.Append(piece.Gap).Append(piece.Text);
        Words += piece.WordsWithGap;
    }

    public (string Text, int? Page) Take() => (_text.ToString(), _page);

    private void Begin(Piece piece)
    {
        foreach (var row in HeaderThatFits(piece))
        {
            _text.Append(row).Append('\n');
            _headerWords += WordMeasure.Words(row);
        }
        _text.Append(piece.Text);
        _page = piece.Page;
        Words = piece.Words;
    }

    private static IReadOnlyList<string> HeaderThatFits(Piece piece)
    {
        var characters = piece.Header.Sum(row => row.Length + 1);
        if (characters > ChunkSize.MaxCharacters) // the words of a very long header are not counted for every chunk
            return [];
        var words = piece.Header.Sum(row => WordMeasure.Words(row));
        return words <= MostHeaderWords && Fits(characters + piece.Text.Length, words + piece.Words) ? piece.Header : [];
    }

    private static bool Fits(int characters, double words) => characters <= ChunkSize.MaxCharacters && words <= ChunkSize.MaxWords;
}
