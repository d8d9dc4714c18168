using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Benchmarks.Services;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;
using RagApp.ServiceDefaults;

namespace RagApp.Benchmarks.Throughput;

/// <summary>
/// The ingestion service as deployed: a separate process on a real Redis server and a real folder. Only the embedding
/// service is a stand-in that takes no time.
/// </summary>
internal sealed class IngestionBench : IAsyncDisposable
{
    private const string SigningKey = "a signing key for measurements, long enough to be one";
    private const int UploadsAtOnce = 4;

    public static readonly Principal Person = new("bench", "bench", ["bench"], [], Region: null);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LookInside = TimeSpan.FromSeconds(2);

    /// <summary>A model without cost: every text has the same vector, of the embedded model's length.</summary>
    private static readonly EmbeddingModel Instant = new("instant", 384, 512, 0.5);

    private static readonly float[] Vector = [1, .. new float[383]];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ragapp-throughput-");
    private readonly TimeProvider _time = TimeProvider.System;
    private EmbeddingStandIn _embeddings = null!;
    private ServiceProcess _redis = null!;
    private ServiceProcess _service = null!;
    private ServiceProvider _clients = null!;

    private IngestionBench()
    {
    }

    public string DataPath => Path.Combine(_folder.FullName, "data");

    public long ResidentBytes => _service.ResidentBytes;

    public static async Task<IngestionBench> StartAsync(int workers)
    {
        var bench = new IngestionBench();
        bench._embeddings = await EmbeddingStandIn.StartAsync(Instant, request => request.Input.Select(_ => Vector));
        bench._redis = await ServiceProcess.StartRedisAsync(bench._folder.CreateSubdirectory("redis").FullName);
        bench._service = await ServiceProcess.StartServiceAsync(
            "RagApp.Ingestion",
            [
                $"--Identity:SigningKey={SigningKey}", $"--Storage:DataPath={bench._folder.CreateSubdirectory("data").FullName}",
                $"--ConnectionStrings:redis=127.0.0.1:{bench._redis.Port},abortConnect=false", $"--services:embedding:http:0={bench._embeddings.Address}",
                $"--Processing:Workers={workers}", "--Logging:LogLevel:Default=Error",
            ],
            CancellationToken.None);
        bench._clients = bench.ClientServices();
        return bench;
    }

    /// <summary>
    /// Uploads all documents and waits until each is indexed; returns the seconds from the first upload to the last indexed
    /// document.
    /// </summary>
    public async Task<double> IngestAsync(IEnumerable<(string Path, byte[] Content)> documents)
    {
        var client = _clients.GetRequiredService<DocumentClient>();
        var uploaded = new ConcurrentBag<string>();
        var started = _time.GetTimestamp();
        await Parallel.ForEachAsync(documents, new ParallelOptions { MaxDegreeOfParallelism = UploadsAtOnce }, async (document, cancel) =>
            uploaded.Add((await client.UploadAsync(Person, Form(document.Path, document.Content), cancel)).Id));
        foreach (var id in uploaded)
            await SettleAsync(client, id, Look);
        return _time.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Uploads a document that contains others and waits until all of them are indexed; returns its id and the seconds it took.</summary>
    public async Task<(string Id, double Seconds)> IngestTreeAsync(string path, byte[] content, string access)
    {
        var client = _clients.GetRequiredService<DocumentClient>();
        var started = _time.GetTimestamp();
        using var form = Form(path, content);
        form.Add(new StringContent(access), "access");
        var id = (await client.UploadAsync(Person, form, CancellationToken.None)).Id;
        await SettleAsync(client, id, LookInside);
        return (id, _time.GetElapsedTime(started).TotalSeconds);
    }

    public Task SetAccessAsync(string id, string access) =>
        _clients.GetRequiredService<DocumentClient>().SetAccessAsync(Person, id, new AccessChange([access]), CancellationToken.None);

    public Task DeleteAsync(string id) => _clients.GetRequiredService<DocumentClient>().DeleteAsync(Person, id, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _clients.DisposeAsync();
        _service.Dispose();
        _redis.Dispose();
        await _embeddings.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task SettleAsync(DocumentClient client, string id, TimeSpan every)
    {
        while (!(await client.GetAsync(Person, id, CancellationToken.None)).Status.IsFinal())
            await Task.Delay(every, _time);
    }

    private static MultipartFormDataContent Form(string path, byte[] content)
    {
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return new MultipartFormDataContent { { new StringContent(path), "path" }, { file, "file", "file.bin" } };
    }

    private ServiceProvider ClientServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Identity:SigningKey", SigningKey)]).Build());
        services.AddLogging();
        services.AddDocumentClient();
        services.AddHttpClient<DocumentClient>(client => client.BaseAddress = new Uri(_service.Address));
        return services.BuildServiceProvider();
    }
}
