using System.Diagnostics.Metrics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Journals;
using RagApp.Storage.Journals.Chain;

namespace RagApp.Benchmarks.Journals;

/// <summary>
/// Cost of the audit journal: the store writes, on the local disk, that bring one tenant's documents from upload to index.
/// The baseline writes no audit records. The variant with one blob per record shows the cost without the journal's
/// batching of records that arrive together.
/// </summary>
public class AuditBenchmarks
{
    private const int Documents = 64;
    private const int WritesOfADocument = 8; // original, passages, vectors, and the manifest at each step
    private const int WriteBytes = 2_000;

    private readonly byte[] _bytes = new byte[WriteBytes];
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private string _folder = "";
    private FileBlobStore? _blobs;
    private AuditJournal? _journal;
    private int _documents;
    private int _records;

    /// <summary>Number of documents that are processed at the same time.</summary>
    [Params(1, 8, 32)]
    public int AtOnce { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("ragapp-bench-").FullName;
        _blobs = new FileBlobStore(_folder, TimeProvider.System);
        var signatures = new AuditSignatures(Microsoft.Extensions.Options.Options.Create(new AuditChainOptions { SigningKey = new string('k', 48) }));
        var chain = new AuditChain(_blobs, signatures, new AuditRemovals(_blobs, signatures), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<AuditChain>.Instance);
        _journal = new AuditJournal(_blobs, chain, new Storage.Journals.Telemetry(_services.GetRequiredService<IMeterFactory>()), TimeProvider.System);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Documents)]
    public Task NoAudit() => RunAsync(_ => Task.CompletedTask);

    [Benchmark(OperationsPerInvoke = Documents)]
    public Task Audit() => RunAsync(cancellationToken => _journal!.AppendAsync(Record(), cancellationToken));

    [Benchmark(OperationsPerInvoke = Documents)]
    public Task BlobForEveryRecord() => RunAsync(cancellationToken =>
        WriteAsync(string.Create(CultureInfo.InvariantCulture, $"records/{Interlocked.Increment(ref _records)}"), cancellationToken));

    private Task RunAsync(Func<CancellationToken, Task> record) => Parallel.ForEachAsync(
        Enumerable.Range(0, Documents),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (_, cancellationToken) =>
        {
            var document = Interlocked.Increment(ref _documents);
            await record(cancellationToken);
            for (var i = 0; i < WritesOfADocument; i++)
                await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"documents/{document}/{i}"), cancellationToken);
            await record(cancellationToken);
        });

    private async Task WriteAsync(string key, CancellationToken cancellationToken) =>
        await _blobs!.PutAsync(key, new MemoryStream(_bytes), BlobCondition.IfNew, cancellationToken);

    private static AuditRecord Record() => new(
        "acme", TimeProvider.System.GetUtcNow(), "user:alice", AuditActions.DocumentUploaded, "0af7651916cd43dd8448eb211c80319c", 1,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["access"] = "group:staff", ["sha256"] = new('0', 64) }, TraceId: null);
}
