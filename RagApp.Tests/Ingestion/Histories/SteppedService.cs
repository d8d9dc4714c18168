using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagApp.Contracts;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Dlp;
using RagApp.Ingestion.Intake;
using RagApp.Ingestion.Maintenance.Sweep;
using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Parsing.Members;
using RagApp.Ingestion.Processing;
using RagApp.Ingestion.Processing.Jobs;
using RagApp.Storage;
using RagApp.Storage.Announcements;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Index;
using RagApp.Storage.Journals;
using RagApp.Storage.Queue;
using StackExchange.Redis;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>
/// The service's own parts from the intake to the index, on stores in memory, without server, parser and Redis, so that a
/// test can try thousands of orders of their steps.
/// </summary>
internal sealed class SteppedService : IDisposable
{
    private readonly MemoryJournal _journal = new();
    private ServiceProvider _services;

    public SteppedService() => (_services, AtOnce) = (Build(Blobs), Build(Blobs.AtOnce));

    public MemoryBlobs Blobs { get; } = new();

    public MemoryIndex Index { get; } = new();

    public MemoryQueue Queue { get; } = new();

    public StepScheduler Steps { get; private set; } = new();

    /// <summary>The same parts for checks in the middle of a step: their calls on the stores complete at once.</summary>
    public ServiceProvider AtOnce { get; }

    /// <summary>Simulates a crash: work in progress stops for good, and a new process continues with the stores.</summary>
    public void Crash()
    {
        Steps = new StepScheduler();
        Queue.Expire();
        _services = Build(Blobs); // the old services are not disposed, as in a killed process
    }

    /// <summary>Accepts an upload as the endpoint does.</summary>
    public async Task<DocumentManifest> UploadAsync(Principal person, string path, ToyFile file, IReadOnlyList<string> access)
    {
        var original = await _services.GetRequiredService<IOriginalStore>().WriteAsync(person.Tenant, new MemoryStream(file.ToBytes()), long.MaxValue, default);
        return await _services.GetRequiredService<DocumentIntake>().AcceptAsync(
            person, new Upload(path, access, Source: null, Tags: [], JobPriority.Interactive, original), default);
    }

    public Task<DocumentManifest?> SetAccessAsync(Principal person, string path, IReadOnlyList<string> access) =>
        _services.GetRequiredService<DocumentLibrary>().SetAccessAsync(person, IdOf(person, path), new(access, WithoutMe: true), default);

    public Task<bool> DeleteAsync(Principal person, string path) =>
        _services.GetRequiredService<DocumentLibrary>().DeleteAsync(person, IdOf(person, path), default);

    /// <summary>Moves a document to the normal form of its path, as the sweep does.</summary>
    public async Task MergeAsync(Principal person, string path)
    {
        var found = await _services.GetRequiredService<IManifestStore>().FindAsync(person.Tenant, IdOf(person, path), default);
        (await ActivatorUtilities.CreateInstance<PathMerge>(_services).TryMergeAsync(found!.Manifest, default)).ShouldBeTrue();
    }

    /// <summary>The document's current access list.</summary>
    public IReadOnlyList<string> FindAccess(Principal person, string path) =>
        AtOnce.GetRequiredService<IManifestStore>().FindAsync(person.Tenant, IdOf(person, path), default).GetAwaiter().GetResult()!.Manifest.Access;

    /// <summary>Processes the next job, as a worker does; false when there is no job.</summary>
    public async Task<bool> WorkAsync()
    {
        if (await Queue.LeaseAsync(TimeSpan.Zero, default) is not { } job)
            return false;
        await _services.GetRequiredService<JobRunner>().RunAsync(job, CancellationToken.None);
        return true;
    }

    /// <summary>Runs the recovery, as the service does at its start and from time to time.</summary>
    public async Task<bool> HealAsync()
    {
        await _services.GetServices<IHostedService>().OfType<DocumentRecovery>().Single().HealAsync(default);
        return true;
    }

    /// <summary>Lists unfinished documents and jobs, for the message of a failed test.</summary>
    public string Unfinished() => string.Join(
        '\n',
        AtOnce.GetRequiredService<IManifestStore>().ListAsync("acme", afterId: null, default).ToBlockingEnumerable()
            .Select(stored => $"{stored.Manifest.Path} {stored.Manifest.Incarnation} of {stored.Manifest.UploadIncarnation}: {stored.Manifest.Latest.Status}{(stored.Manifest.Deleted ? ", deleted" : "")}")
            .Concat(Queue.Jobs.Select(job => job.Id))
            .Append($"the last failure: {Queue.LastFailure}"));

    public void Dispose()
    {
        _services.Dispose();
        AtOnce.Dispose();
    }

    private static string IdOf(Principal person, string path) => DocumentIds.For(person.Tenant, path);

    private ServiceProvider Build(MemoryBlobs blobs)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IBlobStore>(blobs);
        services.AddSingleton<IAuditJournal>(_journal);
        services.AddSingleton<IChunkIndexWriter>(Index);
        services.AddSingleton<IIndexGenerations>(Index);
        services.AddSingleton<IJobQueue>(Queue);
        services.AddSingleton<ToyParser>();
        services.AddSingleton<IDocumentParser>(provider => provider.GetRequiredService<ToyParser>());
        services.AddSingleton<IMemberReader>(provider => provider.GetRequiredService<ToyParser>());
        services.AddSingleton(DispatchProxy.Create<IConnectionMultiplexer, Silence>());
        services.AddDocumentStore().AddDocumentAudit().AddChunkIndexWriter().AddJobQueue().AddDocumentAnnouncements().AddDlpPolicies().AddProcessing().AddDocumentCatalogue().AddIntake();
        services.AddSingleton(new EmbeddingClient(new HttpClient(new OneVector()) { BaseAddress = new Uri("http://embedding") }));
        return services.BuildServiceProvider();
    }

    /// <summary>A Redis connection that discards all announcements.</summary>
    internal class Silence : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.ReturnType switch
        {
            var type when type == typeof(ISubscriber) => Create<ISubscriber, Silence>(),
            { IsValueType: true } type when type != typeof(void) => Activator.CreateInstance(type),
            _ => null,
        };
    }

    /// <summary>An embedding service that gives every text the same vector.</summary>
    private sealed class OneVector : HttpMessageHandler
    {
        private static readonly EmbeddingModels Models = new([new EmbeddingModel("toy", 1, 512, 0.5)]);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (request.Method == HttpMethod.Get)
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(Models, ContractsJson.Default.EmbeddingModels) };
            var asked = (await request.Content!.ReadFromJsonAsync(ContractsJson.Default.EmbeddingsRequest, cancellationToken))!;
            var answer = new EmbeddingsResponse<float[]>([.. asked.Input.Select((_, at) => new EmbeddingData<float[]>(at, [1f]))], "toy", new EmbeddingUsage(1, 1));
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer, ContractsJson.Default.EmbeddingsResponse) };
        }
    }

    private sealed class MemoryJournal : IAuditJournal
    {
        private readonly List<AuditRecord> _records = [];

        public async Task AppendAsync(AuditRecord record, CancellationToken cancellationToken)
        {
            await Task.Yield();
            _records.Add(record);
        }

        public IAsyncEnumerable<AuditRecord> ReadAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
            _records.ToAsyncEnumerable();

        public IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken) => _records.Select(record => record.Tenant).Distinct().ToAsyncEnumerable();
    }
}
