using System.Diagnostics;
using RagApp.Benchmarks.Services;
using RagApp.Benchmarks.Texts;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Benchmarks.Embeddings;

/// <summary>The embedding service in a process of its own, without a cache, and its client.</summary>
internal sealed class EmbeddingProcess : IDisposable
{
    /// <summary>Number of texts in a request, as ingestion sends them.</summary>
    private const int Batch = 32;

    /// <summary>Number of uploads beside each other.</summary>
    private const int Uploads = 8;

    private const string SigningKey = "a-signing-key-for-benchmarks-of-48-characters---";
    private static readonly Principal Person = Principal.ForService("bench", "benchmark");

    private readonly ServiceProcess _process;
    private readonly HttpClient _http;
    private readonly EmbeddingClient _client;

    private EmbeddingProcess(ServiceProcess process)
    {
        _process = process;
        var tokens = new InternalTokens(Microsoft.Extensions.Options.Options.Create(new IdentityOptions { SigningKey = SigningKey }), TimeProvider.System);
        _http = new HttpClient(new PrincipalSigningHandler(tokens) { InnerHandler = new SocketsHttpHandler() })
        {
            BaseAddress = new Uri(process.Address),
            Timeout = TimeSpan.FromMinutes(5),
        };
        _client = new EmbeddingClient(_http);
    }

    public static async Task<EmbeddingProcess> StartAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var process = await ServiceProcess.StartServiceAsync(
            "RagApp.Embedding", [$"--Identity:SigningKey={SigningKey}", "--Logging:LogLevel:Default=Warning", "--Embedding:Reader:Path=", .. settings], cancellationToken);
        await process.UntilReadyAsync(cancellationToken);
        return new EmbeddingProcess(process);
    }

    public async Task<TokenRate> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var (started, processor) = (Stopwatch.GetTimestamp(), _process.ProcessorTime);
        long tokens = 0;
        await SendAsync(texts, response => Interlocked.Add(ref tokens, response.Usage.PromptTokens), cancellationToken);
        return new TokenRate(tokens, Stopwatch.GetElapsedTime(started), _process.ProcessorTime - processor);
    }

    /// <summary>Embeds the texts in requests of several uploads beside each other.</summary>
    /// <returns>The number of requests.</returns>
    public async Task<int> UploadTogetherAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var requests = 0;
        await SendAsync(texts, _ => Interlocked.Increment(ref requests), cancellationToken);
        return requests;
    }

    /// <summary>Uploads chunks until the token is cancelled.</summary>
    public async Task UploadUntilAsync(CancellationToken end)
    {
        try
        {
            for (var seed = 100; ; seed++)
                await SendAsync(ChunkTexts.Make(Uploads * Batch, seed), _ => { }, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }

    /// <summary>Milliseconds that each of several questions, one after the other, waits for its vector, sorted.</summary>
    public async Task<double[]> TimeQuestionsAsync(int count, CancellationToken cancellationToken)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await _client.EmbedAsync(
                Person, new EmbeddingsRequest([$"{RandomText.Question} {i}"], InputType: EmbeddingInputType.Query), cancellationToken);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        Array.Sort(times);
        return times;
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Dispose();
    }

    private Task SendAsync(IReadOnlyList<string> texts, Action<EmbeddingsResponse<float[]>> answered, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        texts.Chunk(Batch), new ParallelOptions { MaxDegreeOfParallelism = Uploads, CancellationToken = cancellationToken },
        async (batch, token) => answered(await _client.EmbedAsync(Person, new EmbeddingsRequest(batch, Priority: EmbeddingPriority.Bulk), token)));
}
