using RagApp.Benchmarks.Retrieval;
using RagApp.Contracts.Reading;
using RagApp.Embedding.Embedded;
using RagApp.Embedding.Reading;

namespace RagApp.Benchmarks.Answers;

/// <summary>The reader in this process, used as the embedding service uses it, with a cache of readings on disk.</summary>
internal sealed class CachedReader : IDisposable
{
    private readonly EmbeddedReader _reader = new(ReaderFolder.Open(new ReaderOptions().FullPath), ExecutionProvider.Cpu);
    private readonly EmbeddedTextFile _cache;

    /// <param name="cacheFolder">Folder of the cache; a reading is kept there as its numbers.</param>
    public CachedReader(string cacheFolder)
    {
        _cache = new EmbeddedTextFile(cacheFolder, Id, WindowReading.NumberCount);
        _reader.Load();
    }

    public string Id => _reader.Description.Id;

    public ReaderCalibration Calibration => _reader.Calibration;

    public ReadResponse Read(ReadRequest request)
    {
        var read = new ReadPassage[request.Passages.Count];
        Parallel.For(0, read.Length, at =>
        {
            var reading = Read(request.Question, request.Passages[at]);
            read[at] = new ReadPassage(at, _reader.Calibration.Probability(reading), reading.Spans);
        });
        return new ReadResponse(Id, read);
    }

    /// <summary>Reads one passage: all its windows, of which the best counts.</summary>
    public WindowReading Read(string question, PassageToRead passage)
    {
        var key = $"{question}\n{passage.Context}\n\n{passage.Text}";
        if (_cache.Find(key) is { } kept)
            return WindowReading.FromNumbers(kept);
        var best = WindowReading.Best(_reader.Windows(question, passage.Context, passage.Text).Select(window => _reader.Interpret(window, _reader.Run(window.Tokens))));
        _cache.Add(key, best.ToNumbers());
        return best;
    }

    public void Dispose()
    {
        _cache.Dispose();
        _reader.Dispose();
    }
}
