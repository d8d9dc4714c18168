using Microsoft.ML.Tokenizers;

namespace RagApp.Embedding.Embedded;

/// <summary>
/// The vocabulary of a SentencePiece file. Reading a file of 250,000 pieces takes more than a second of processor time, so the model and the reader of a
/// process share one. It is kept as long as somebody uses it.
/// </summary>
internal sealed class SentencePieces
{
    private static readonly Lock Loading = new();
    private static readonly Dictionary<FileVersion, WeakReference<SentencePieces>> Loaded = [];

    private readonly Lazy<string[]> _texts;

    private SentencePieces(SentencePieceTokenizer tokenizer)
    {
        Tokenizer = tokenizer;
        _texts = new Lazy<string[]>(() => TextsOf(tokenizer.Vocabulary));
    }

    /// <summary>Splits text into pieces, without start and end marks. Thread-safe.</summary>
    public SentencePieceTokenizer Tokenizer { get; }

    /// <summary>The text of each piece, by its id.</summary>
    public IReadOnlyList<string> Texts => _texts.Value;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no SentencePiece model.</exception>
    public static SentencePieces Load(string path)
    {
        var version = FileVersion.Of(new FileInfo(path));
        lock (Loading)
        {
            if (Loaded.TryGetValue(version, out var kept) && kept.TryGetTarget(out var loaded))
                return loaded;
            var pieces = Read(path);
            Loaded[version] = new WeakReference<SentencePieces>(pieces);
            return pieces;
        }
    }

    private static SentencePieces Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return new SentencePieces(SentencePieceTokenizer.Create(file, addBeginningOfSentence: false, addEndOfSentence: false));
        }
        catch (Exception exception) when (exception is not IOException)
        {
            throw new InvalidDataException($"{path} is no SentencePiece model: {exception.Message}", exception);
        }
    }

    private static string[] TextsOf(IReadOnlyDictionary<string, int> vocabulary)
    {
        var texts = new string[vocabulary.Values.Max() + 1];
        foreach (var (text, id) in vocabulary)
            texts[id] = text;
        return texts;
    }

    private sealed record FileVersion(string Path, long Length, DateTime Written)
    {
        public static FileVersion Of(FileInfo file) => new(file.FullName, file.Length, file.LastWriteTimeUtc);
    }
}
