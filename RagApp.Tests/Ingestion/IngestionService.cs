using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Queue;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion;

/// <summary>The real service on real Kestrel with the real store, index and queue; only the embedding service is a fake.</summary>
internal sealed class IngestionService : IAsyncDisposable
{
    public const string SigningKey = "a signing key for tests, long enough to be one";

    public static readonly Principal Alice = new("acme", "alice", ["staff", "finance"], [], Region: null);
    public static readonly Principal Bob = new("acme", "bob", ["staff"], [], Region: null);
    public static readonly Principal Eve = new("globex", "eve", ["staff"], [], Region: null);

    private readonly TemporaryFolder _data;
    private readonly RedisServer _redis;
    private readonly string[] _settings;
    private ServiceProvider _clients = null!;

    private IngestionService(TemporaryFolder data, RedisServer redis, FakeEmbeddings embeddings, string[] settings)
    {
        (_data, _redis, Embeddings, _settings) = (data, redis, embeddings, settings);
    }

    public WebApplication App { get; private set; } = null!;

    public FakeEmbeddings Embeddings { get; }

    public DocumentClient Documents => _clients.GetRequiredService<DocumentClient>();

    /// <summary>
    /// An HTTP client for requests that the typed client does not make; <see cref="Contracts.Http.ServiceCall"/> sets the
    /// principal.
    /// </summary>
    public HttpClient Http => _clients.GetRequiredService<IHttpClientFactory>().CreateClient("raw");

    public string Address => App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public string OriginalsOf(string tenant) => Path.Combine(_data.Path, "blobs", "tenants", tenant, "originals");

    /// <summary>The clock of the service and its clients.</summary>
    public ShiftedTime Time { get; } = new();

    /// <summary>Changes to the registered services, applied at the next start.</summary>
    public Action<IServiceCollection>? Change { get; set; }

    /// <summary>Settings that are added at the next start.</summary>
    public IReadOnlyList<string> MoreSettings { get; set; } = [];

    public RedisServer Redis => _redis;

    public string DataPath => _data.Path;

    public static Task<IngestionService> StartAsync(params string[] settings) => StartAsync(change: null, settings);

    public static async Task<IngestionService> StartAsync(Action<IServiceCollection>? change, params string[] settings)
    {
        Xunit.Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        var service = new IngestionService(new TemporaryFolder(), await RedisServer.StartAsync(), await FakeEmbeddings.StartAsync(), settings)
        {
            Change = change,
        };
        try
        {
            await service.StartAppAsync();
            return service;
        }
        catch
        {
            await service.App.DisposeAsync();
            await service.DisposeRestAsync();
            throw;
        }
    }

    /// <summary>Waits until the queue has no work.</summary>
    public Task IdleAsync() => Eventually.HoldsAsync(async () =>
        await App.Services.GetRequiredService<IJobQueue>().GetDepthAsync(Cancellation) is { Waiting: 0, Running: 0, Delayed: 0 });

    /// <summary>Stops the service at once, without draining, and starts it again on the same data.</summary>
    /// <param name="between">Action to run while the service is down.</param>
    public async Task RestartAsync(Func<Task>? between = null)
    {
        await StopAppAsync();
        if (between is not null)
            await between();
        await StartAppAsync();
    }

    public async Task<DocumentInfo> UploadAsync(Principal principal, string path, string text, params string[] access) =>
        await Documents.UploadAsync(principal, Multipart(path, System.Text.Encoding.UTF8.GetBytes(text), access), Xunit.TestContext.Current.CancellationToken);

    public static MultipartFormDataContent Multipart(string? path, byte[] file, params string[] access)
    {
        var content = new MultipartFormDataContent();
        if (path is not null)
            content.Add(new StringContent(path), "path");
        foreach (var entry in access)
            content.Add(new StringContent(entry), "access");
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Add(part, "file", "file.bin");
        return content;
    }

    /// <summary>Waits until the newest version is indexed, empty, failed or in quarantine.</summary>
    public async Task<DocumentInfo> SettleAsync(Principal principal, string id)
    {
        DocumentInfo? info = null;
        await Eventually.HoldsAsync(async () =>
        {
            info = await Documents.GetAsync(principal, id, Xunit.TestContext.Current.CancellationToken);
            return info.Status.IsFinal();
        });
        return info!;
    }

    /// <summary>Makes every audit record of the tenant fail from now on: a file takes the place of the journal's folder.</summary>
    public void BreakJournal(string tenant)
    {
        var journals = Path.Combine(_data.Path, "blobs", "tenants", tenant, "journals");
        if (Directory.Exists(journals))
            Directory.Delete(journals, recursive: true);
        File.WriteAllText(journals, "");
    }

    public int CountOriginals(string tenant) => CountBlobs(tenant, "originals");

    /// <summary>Number of files in one of a tenant's folders of the document store.</summary>
    public int CountBlobs(string tenant, string folder)
    {
        var path = Path.Combine(_data.Path, "blobs", "tenants", tenant, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Count() : 0;
    }

    /// <summary>Chunks that a keyword search finds.</summary>
    public async Task<IReadOnlyList<FoundChunk>> SearchAsync(Principal principal, string words) =>
        [.. (await SearchAsync(principal, new ChunkQuery(words, null, null, 20))).Keyword.Select(scored => scored.Chunk)];

    public async Task<ChunkCandidates> SearchAsync(Principal principal, ChunkQuery query)
    {
        await using var search = SearchServices();
        return await search.GetRequiredService<IChunkIndex>().SearchAsync(
            query, AccessFilter.For(principal), Xunit.TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAppAsync();
        await DisposeRestAsync();
    }

    private async Task DisposeRestAsync()
    {
        await Embeddings.DisposeAsync();
        await _redis.DisposeAsync();
        _data.Dispose();
    }

    private async Task StartAppAsync()
    {
        App = RagApp.Ingestion.Program.Build(
        [
            "--urls=http://127.0.0.1:0",
            $"--Identity:SigningKey={SigningKey}",
            $"--Storage:DataPath={_data.Path}",
            $"--ConnectionStrings:redis={_redis.ConnectionString}",
            $"--services:embedding:http:0={Embeddings.Address}",
            "--Processing:Drain=00:00:00", "--Processing:Lease=00:00:03", "--Queue:FirstDelay=00:00:00.1",
            "--Logging:LogLevel:Default=Warning",
            .. _settings,
            .. MoreSettings,
        ],
        services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            Change?.Invoke(services);
        });
        await App.StartAsync();
        _clients = ClientServices(new Uri(Address), Time);
    }

    private async Task StopAppAsync()
    {
        await _clients.DisposeAsync();
        await App.StopAsync();
        await App.DisposeAsync();
    }

    /// <summary>Clients for a service at the given address.</summary>
    public static ServiceProvider ClientServices(Uri address, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(Configuration(("Identity:SigningKey", SigningKey)));
        services.AddSingleton(time);
        services.AddLogging();
        services.AddDocumentClient();
        services.AddHttpClient<DocumentClient>(client => client.BaseAddress = address);
        services.AddHttpClient("raw", client => client.BaseAddress = address).SignForPrincipal();
        return services.BuildServiceProvider();
    }

    private ServiceProvider SearchServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(Configuration(("Storage:DataPath", _data.Path)));
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddChunkIndex();
        return services.BuildServiceProvider();
    }

    private static IConfigurationRoot Configuration((string Key, string Value) setting) =>
        new ConfigurationBuilder().AddInMemoryCollection([new KeyValuePair<string, string?>(setting.Key, setting.Value)]).Build();
}
