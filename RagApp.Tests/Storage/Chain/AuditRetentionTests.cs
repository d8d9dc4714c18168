using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Journals;
using RagApp.Storage.Journals.Chain;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage.Chain;

/// <summary>Removal of old audit records: the rest of the chain verifies, and nothing but what the signed statement names may be missing.</summary>
public sealed class AuditRetentionTests : IDisposable
{
    private const int Days = 30;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly AuditSignatures _key = Signatures(ServiceSettings.SigningKey);
    private readonly FileBlobStore _blobs;
    private int _next;

    public AuditRetentionTests() => _blobs = new FileBlobStore(_folder.Path, TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    private string Journals => Path.Combine(_folder.Path, "blobs", "tenants", "acme", "journals");

    private int Segments => Directory.EnumerateFiles(Path.Combine(Journals, "audit"), "*", SearchOption.AllDirectories).Count();

    [Fact]
    public async Task Run_OldRecords_AreRemovedWithASignedStatementAndTheRestVerifies()
    {
        await WriteAsync(5);
        _time.Advance(TimeSpan.FromDays(20));
        await WriteAsync(3);
        _time.Advance(TimeSpan.FromDays(15));

        (await RunAsync()).ShouldBe(5);

        var result = await VerifyAsync();
        result.Problems.ShouldBeEmpty();
        (result.Links, result.Records).ShouldBe((4, 4)); // with the record of the removal
        result.Removed.ShouldNotBeNull().ShouldSatisfyAllConditions(removed => removed.Through.ShouldBe(5), removed => removed.Records.ShouldBe(5));
        Segments.ShouldBe(4);
        (await ReadAsync()).Select(record => record.Action).Last().ShouldBe(AuditActions.RecordsExpired);
    }

    [Fact]
    public async Task Run_AgainAndAgain_TheChainGoesOnInNewProcesses()
    {
        for (var round = 0; round < 4; round++)
        {
            await WriteAsync(3);
            _time.Advance(TimeSpan.FromDays(Days + 1));
            await RunAsync();
            (await VerifyAsync()).Problems.ShouldBeEmpty();
        }

        await WriteAsync(2);
        var result = await VerifyAsync();
        result.Problems.ShouldBeEmpty();
        result.Removed.ShouldNotBeNull().Records.ShouldBeGreaterThan(8);
        (await RunAsync()).ShouldBe(1); // the newest link of before, which stayed until there was another one
        (await RunAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Run_EverythingIsOld_KeepsTheNewestLink()
    {
        await WriteAsync(3);
        _time.Advance(TimeSpan.FromDays(300));

        (await RunAsync()).ShouldBe(2);

        (await VerifyAsync()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_InterruptedAtEveryStep_VerifiesAndIsFinishedByTheNext()
    {
        for (var steps = 0; ; steps++)
        {
            await WriteAsync(4);
            _time.Advance(TimeSpan.FromDays(Days + 5));
            var interrupted = new InterruptedStore(_blobs, steps);
            var ended = true;
            try
            {
                await RunAsync(interrupted);
            }
            catch (IOException)
            {
                ended = false;
            }

            (await VerifyAsync()).Problems.ShouldBeEmpty($"after {steps} steps");
            await RunAsync();
            (await VerifyAsync()).Problems.ShouldBeEmpty($"after {steps} steps and another run");
            if (ended)
                break;
        }
    }

    [Fact]
    public async Task Verify_MoreWasRemovedThanTheStatementSays_IsFound()
    {
        await WriteAsync(3);
        _time.Advance(TimeSpan.FromDays(Days + 1));
        await WriteAsync(3);
        await RunAsync();
        File.Delete(Directory.EnumerateFiles(Path.Combine(Journals, "audit-chain")).Order(StringComparer.Ordinal).First());

        (await VerifyAsync()).Problems.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Verify_TheStatementIsForged_IsFound()
    {
        await WriteAsync(6);
        var forger = Signatures("another key, which is as long as it has to be");
        var folder = "tenants/acme/journals/audit";
        await new AuditRemovals(_blobs, forger).WriteAsync(folder, new AuditRemoval(3, AuditLink.Origin, 3, _time.GetUtcNow(), _time.GetUtcNow(), ""), Cancellation);
        Directory.EnumerateFiles(Path.Combine(Journals, "audit-chain")).Order(StringComparer.Ordinal).Take(3).ToList().ForEach(File.Delete);

        var problems = (await VerifyAsync()).Problems;
        problems.ShouldContain(problem => problem.Contains("not signed by a known key", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("Links 1 to 3 are missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WithoutRetention_RemovesNothing()
    {
        await WriteAsync(2);
        _time.Advance(TimeSpan.FromDays(10_000));

        var retention = Retention(_blobs, days: 0);
        retention.IsOn.ShouldBeFalse();
        await retention.RunAsync(Cancellation);

        Segments.ShouldBe(2);
    }

    private Task<long> RunAsync(IBlobStore? blobs = null) => Retention(blobs ?? _blobs, Days).RunAsync("acme", Cancellation);

    private Task<AuditVerification> VerifyAsync() => new AuditVerifier(_blobs, _key, new AuditRemovals(_blobs, _key)).VerifyAsync("acme", kept: null, Cancellation);

    private ValueTask<List<AuditRecord>> ReadAsync() => Writer(_blobs).Journal.ReadAsync("acme", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation);

    private AuditRetention Retention(IBlobStore blobs, int days) => new(
        blobs, new AuditRemovals(blobs, _key), _key, Writer(_blobs).Journal, Options.Create(new AuditChainOptions { RetentionDays = days }), _time, NullLogger<AuditRetention>.Instance);

    private async Task WriteAsync(int count)
    {
        var (chain, journal) = Writer(_blobs);
        for (var i = 0; i < count; i++)
        {
            await journal.AppendAsync(
                new AuditRecord("acme", _time.GetUtcNow(), "user:alice", AuditActions.DocumentUploaded, "d1", ++_next, new Dictionary<string, string>(StringComparer.Ordinal), TraceId: null),
                Cancellation);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        await chain.WriteCheckpointsAsync(Cancellation);
    }

    private (AuditChain Chain, AuditJournal Journal) Writer(IBlobStore blobs)
    {
        var chain = new AuditChain(blobs, _key, new AuditRemovals(blobs, _key), _time, NullLogger<AuditChain>.Instance);
        return (chain, new AuditJournal(blobs, chain, new global::RagApp.Storage.Journals.Telemetry(Meters.Factory()), _time));
    }

    private static AuditSignatures Signatures(string key) => new(Options.Create(new AuditChainOptions { SigningKey = key }));

    /// <summary>A store that is away after a number of writes and removals.</summary>
    private sealed class InterruptedStore(IBlobStore blobs, int steps) : IBlobStore
    {
        private int _left = steps;

        public Task<string> PutAsync(string key, Stream content, BlobCondition condition, CancellationToken cancellationToken) =>
            Step() ? blobs.PutAsync(key, content, condition, cancellationToken) : throw Away();

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => Step() ? blobs.DeleteAsync(key, cancellationToken) : throw Away();

        public Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken) => blobs.ReadAsync(key, cancellationToken);

        public Task<Blob?> OpenAsync(string key, CancellationToken cancellationToken) => blobs.OpenAsync(key, cancellationToken);

        public Task<DateTimeOffset?> FindWrittenAtAsync(string key, CancellationToken cancellationToken) => blobs.FindWrittenAtAsync(key, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) => blobs.ListAsync(prefix, after, cancellationToken);

        private bool Step() => _left-- > 0;

        private static IOException Away() => new("away");
    }
}
