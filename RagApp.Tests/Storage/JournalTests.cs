using RagApp.Contracts.Usage;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Journals;
using RagApp.Tests.TestServices;
using Telemetry = RagApp.Storage.Journals.Telemetry;

namespace RagApp.Tests.Storage;

public sealed class JournalTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FileBlobStore _blobs;
    private readonly Journal<UsageRecord> _journal;

    public JournalTests()
    {
        _blobs = new FileBlobStore(_folder.Path, TimeProvider.System);
        _journal = new Journal<UsageRecord>(_blobs, "usage", JournalsJson.Plain.UsageRecord, record => record.At, new Telemetry(Meters.Factory()), TimeProvider.System, chain: null);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ListTenantsAsync_AnyNames_NamesEachOnce()
    {
        string[] tenants = ["a", "a-b", "a0", "A", "acme", "Ümlaut & Söhne", "z"];
        foreach (var tenant in tenants)
        {
            await _journal.AppendAsync(tenant, [Record(tenant, 0), Record(tenant, 100)], Cancellation);
            await _blobs.PutAsync($"tenants/{KeySegment.Encode(tenant)}/originals/x", new MemoryStream([1]), BlobCondition.None, Cancellation);
        }

        (await _journal.ListTenantsAsync(Cancellation).ToListAsync(Cancellation)).ShouldBe(tenants, ignoreOrder: true);
    }

    [Fact]
    public async Task AppendAsync_ManyAtOnce_IsOneSegmentPerMinuteOfTheirTimes()
    {
        await _journal.AppendAsync("acme", [.. Enumerable.Range(0, 200).Select(i => Record("acme", i % 2 * 600))], Cancellation);

        (await _journal.ReadAsync("acme", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).CountAsync(Cancellation)).ShouldBe(200);
        (await _blobs.ListAsync("tenants/acme/journals/usage", after: null, Cancellation).CountAsync(Cancellation)).ShouldBe(2);
    }

    [Fact]
    public async Task ReadAsync_CopiesOfARecord_AreOneRecordOfUsage()
    {
        var usage = new UsageJournal(_journal, new UsageDays(_blobs, _journal, TimeProvider.System));
        var records = Enumerable.Range(0, 50).Select(i => Record("acme", i / 10)).ToList();
        await usage.AppendAsync(records, Cancellation);
        await usage.AppendAsync(records[10..30], Cancellation);

        (await usage.ReadAsync("acme", Noon, Noon.AddDays(1), Cancellation).ToListAsync(Cancellation)).ShouldBe(records, ignoreOrder: true);
    }

    private static UsageRecord Record(string tenant, double second) => new(
        Guid.NewGuid().ToString("N"), Noon.AddSeconds(second), tenant, "k1", "gpt-4o", "answers", 10, 2, 45, Noon.AddSeconds(second + 1), IsCounted: false);
}
