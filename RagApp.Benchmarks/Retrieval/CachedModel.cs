using RagApp.Benchmarks.Services;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Embedded;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>The embedded model in this process, used as the embedding service uses it, with a vector cache on disk.</summary>
internal sealed class CachedModel : IDisposable
{
    private readonly EmbeddedModel _model = new(ModelFolder.Open(new EmbeddedModelOptions().FullPaths.First()), ExecutionProvider.Cpu);
    private readonly EmbeddedTextFile _cache;
    private readonly Lazy<EmbeddedModel> _loaded;

    /// <param name="cacheFolder">Folder of the vector cache.</param>
    public CachedModel(string cacheFolder)
    {
        _cache = new EmbeddedTextFile(cacheFolder, Description.Id, Description.Dimension);
        _loaded = new Lazy<EmbeddedModel>(() =>
        {
            _model.Load();
            return _model;
        });
    }

    public ModelDescription Description => _model.Description;

    /// <summary>Starts a stand-in for the embedding service that answers with this model's vectors.</summary>
    public Task<EmbeddingStandIn> ServeAsync() => EmbeddingStandIn.StartAsync(
        new EmbeddingModel(Description.Id, Description.Dimension, Description.MaxTokens, Description.FusionWeight),
        request => request.InputType == EmbeddingInputType.Query ? EmbedQuestions(request.Input) : EmbedPassages(request.Input));

    public IReadOnlyList<float[]> EmbedPassages(IReadOnlyList<string> texts, IProgress<int>? progress = null) =>
        EmbedAll(texts, Description.PassagePrefix, progress);

    public IReadOnlyList<float[]> EmbedQuestions(IReadOnlyList<string> texts, IProgress<int>? progress = null) =>
        EmbedAll(texts, Description.QueryPrefix, progress);

    public void Dispose()
    {
        _cache.Dispose();
        _model.Dispose();
    }

    /// <param name="progress">Receives the number of texts done, after every hundred texts that were not in the cache.</param>
    private float[][] EmbedAll(IReadOnlyList<string> texts, string prefix, IProgress<int>? progress)
    {
        var missing = texts.Select(text => prefix + text).Distinct(StringComparer.Ordinal).Where(text => _cache.Find(text) is null).ToList();
        var done = texts.Count - missing.Count;
        Parallel.ForEach(missing, text =>
        {
            _cache.Add(text, Embed(text));
            if (Interlocked.Increment(ref done) is var now && now % 100 == 0)
                progress?.Report(now);
        });
        return [.. texts.Select(text => _cache.Find(prefix + text)!)];
    }

    /// <summary>Embeds a text. A text longer than the model's limit is cut to its first half until it fits, as ingestion does.</summary>
    private float[] Embed(string text)
    {
        var tokens = _model.Tokenizer.Encode(text);
        return tokens.Length <= Description.MaxTokens ? _loaded.Value.Run(tokens) : Embed(text[..(text.Length / 2)]);
    }
}
