using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Journals;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage;

[Covers(typeof(AuditJournal))]
public sealed class AuditJournalTests : AuditJournalConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AuditJournalTests() => Blobs = new FileBlobStore(_folder.Path, TimeProvider.System);

    protected override IBlobStore Blobs { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AppendAsync_FolderCannotBeWritten_FailsAndTheNextOneWorks()
    {
        var journal = Journal();
        var inTheWay = Path.Combine(_folder.Path, "blobs", "tenants", "acme");
        Directory.CreateDirectory(Path.GetDirectoryName(inTheWay)!);
        await File.WriteAllTextAsync(inTheWay, "", Cancellation);

        await Should.ThrowAsync<IOException>(journal.AppendAsync(Record(1), Cancellation));
        File.Delete(inTheWay);
        await journal.AppendAsync(Record(2), Cancellation);

        (await journal.ReadAsync("acme", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation))
            .ShouldHaveSingleItem().Version.ShouldBe(2);
    }

    [Fact]
    public async Task AppendAsync_SeveralAtOnce_AreCountedBySegment()
    {
        using var lines = new MetricCollector<int>(Measured, "RagApp.Storage.Journals", "ragapp.journal.segment.lines");
        var journal = Journal();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => journal.AppendAsync(Record(i), Cancellation)));

        lines.GetMeasurementSnapshot().Sum(measurement => measurement.Value).ShouldBe(50);
    }

    [Fact]
    public async Task ReadAsync_EveryFlippedByte_IsReportedAndNeverRead()
    {
        await Journal().AppendAsync(Record(1), Cancellation);
        var path = Directory.EnumerateFiles(_folder.Path, "*.jsonl", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        for (var i = 0; i < bytes.Length - 1; i++) // every byte except the final line break, which carries no data
        {
            bytes[i] ^= 0x04;
            await File.WriteAllBytesAsync(path, bytes, Cancellation);
            await Should.ThrowAsync<DamagedJournalException>(
                async () => await Journal().ReadAsync("acme", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).CountAsync(Cancellation), $"byte {i}");
            bytes[i] ^= 0x04;
        }
    }

    private static AuditRecord Record(int version) => new(
        "acme", DateTimeOffset.UnixEpoch, "user:alice", AuditActions.DocumentUploaded, "d1", version, new Dictionary<string, string>(StringComparer.Ordinal), TraceId: null);
}
