using System.Diagnostics;
using RagApp.Embedding.Embedded;

namespace RagApp.Benchmarks.Embeddings;

/// <summary>The embedded model in this process, with one thread per processor.</summary>
internal sealed class BareModel : IDisposable
{
    private readonly EmbeddedModel _model = new(ModelFolder.Open(new EmbeddedModelOptions().FullPaths.First()), ExecutionProvider.Cpu);

    public BareModel() => _model.Load();

    public TokenRate Embed(IReadOnlyList<string> texts)
    {
        var (started, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        long tokens = 0;
        Parallel.ForEach(texts, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, text =>
        {
            var ids = _model.Tokenizer.Encode(_model.Description.PassagePrefix + text);
            _model.Run(ids);
            Interlocked.Add(ref tokens, ids.Length);
        });
        return new TokenRate(tokens, Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - processor);
    }

    public void Dispose() => _model.Dispose();
}
