using System.Text;

namespace RagApp.Ingestion.Chunking;

/// <summary>A chunk that is being filled.</summary>
internal sealed class OpenChunk
{
    /// <summary>A longer header would leave too little room for what it is the header of.</summary>
    private const double MostHeaderWords = ChunkSize.MaxWords / 4;

    private readonly StringBuilder _text = new();
    private int? _page;
    private double _headerWords;

    public bool IsEmpty => _text.Length == 0;

    /// <summary>How many words it has of its own: those of a header are counted where they stood first.</summary>
    public double Words { get; private set; }

    public bool HasRoomFor(Piece piece) => Fits(_text.Length + piece.Gap.Length + piece.Text.Length, _headerWords + Words + piece.WordsWithGap);

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
        if (piece.Header is { Words: <= MostHeaderWords } header && Fits(header.Text.Length + 1 + piece.Text.Length, header.Words + piece.Words))
        {
            _text.Append(header.Text).Append('\n');
            _headerWords = header.Words;
        }
        _text.Append(piece.Text);
        _page = piece.Page;
        Words = piece.Words;
    }

    private static bool Fits(int characters, double words) => characters <= ChunkSize.MaxCharacters && words <= ChunkSize.MaxWords;
}
