using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.Journals;
using RagApp.Storage.Journals.Chain;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Conformance;

/// <summary>Behaviour that the audit journal has on every blob store.</summary>
public abstract class AuditJournalConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    protected abstract IBlobStore Blobs { get; }

    [Fact]
    public async Task AppendAsync_EveryField_IsReadBackByAnotherProcess()
    {
        var record = new AuditRecord(
            "Ümlaut & Söhne", Noon, "user:zoë", AuditActions.AccessChanged, "d1", 3,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["accessBefore"] = "public", ["accessAfter"] = "\"group:\\日本\u2028\n\"" }, "0af7651916cd43dd8448eb211c80319c");
        await Journal().AppendAsync(record, Cancellation);

        (await ReadAsync(record.Tenant)).ShouldHaveSingleItem().ShouldBeEquivalentTo(record);
        (await ReadAsync("acme")).ShouldBeEmpty();
    }

    [Fact]
    public async Task AppendAsync_NothingBesideTheAction_IsReadBack()
    {
        var record = new AuditRecord("acme", Noon, "service:sweep", "sweep", DocumentId: null, Version: null, new Dictionary<string, string>(StringComparer.Ordinal), TraceId: null);
        await Journal().AppendAsync(record, Cancellation);

        (await ReadAsync("acme")).ShouldHaveSingleItem().ShouldBeEquivalentTo(record);
    }

    [Fact]
    public async Task ReadAsync_SeveralProcessesOutOfOrder_GivesThemByTime()
    {
        var (one, other) = (Journal(), Journal());
        int[] seconds = [30, 0, 50, 10, 86_400, 40, 20];
        foreach (var second in seconds)
            await (second % 20 == 0 ? one : other).AppendAsync(At(second), Cancellation);

        (await ReadAsync("acme")).Select(record => record.At).ShouldBe(seconds.Order().Select(second => Noon.AddSeconds(second)));
    }

    [Fact]
    public async Task ReadAsync_FromAndTo_TakesTheFirstAndLeavesTheLast()
    {
        var journal = Journal();
        await Task.WhenAll(Enumerable.Range(0, 120).Select(second => journal.AppendAsync(At(second), Cancellation)));

        var read = await journal.ReadAsync("acme", Noon.AddSeconds(59), Noon.AddSeconds(61), Cancellation).ToListAsync(Cancellation);
        read.Select(record => record.At).ShouldBe([Noon.AddSeconds(59), Noon.AddSeconds(60)]);
        (await journal.ReadAsync("acme", Noon.AddSeconds(500), DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadAsync_TimeInAnotherZone_IsTheSameMoment()
    {
        await Journal().AppendAsync(At(0) with { At = Noon.ToOffset(TimeSpan.FromHours(9)) }, Cancellation);

        (await ReadAsync("acme")).ShouldHaveSingleItem().At.ShouldBe(Noon);
        (await Blobs.ListAsync("tenants/acme/journals/audit/2026-11-25", after: null, Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AppendAsync_ManyAtOnce_AllAreThereInFewSegments()
    {
        var journal = Journal();
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => journal.AppendAsync(At(0) with { DocumentId = $"d{i}" }, Cancellation)));

        (await ReadAsync("acme")).Select(record => record.DocumentId).ShouldBe(Enumerable.Range(0, 2_000).Select(i => $"d{i}"), ignoreOrder: true);
        (await SegmentsAsync()).Count.ShouldBeLessThan(400);
    }

    [Fact]
    public async Task ReadAsync_OneSegmentIsDamaged_NamesItAfterAllOthers()
    {
        foreach (var second in Enumerable.Range(0, 3))
            await Journal().AppendAsync(At(second), Cancellation);
        var segment = (await SegmentsAsync())[1];
        var bytes = await BytesAsync(segment);
        bytes[10] ^= 1;
        await Blobs.PutAsync(segment, new MemoryStream(bytes), BlobCondition.None, Cancellation);

        (await DamageAsync(expectedRecords: 2)).ShouldHaveSingleItem().ShouldContain(segment);
    }

    [Fact]
    public async Task ReadAsync_StrangeBlobAmongTheSegments_IsNamed()
    {
        await Journal().AppendAsync(At(0), Cancellation);
        await Blobs.PutAsync("tenants/acme/journals/audit/notes.txt", new MemoryStream([1]), BlobCondition.None, Cancellation);

        (await DamageAsync(expectedRecords: 1)).ShouldHaveSingleItem().ShouldContain("notes.txt");
    }

    /// <summary>Meter factory that only this test's journals use.</summary>
    protected IMeterFactory Measured { get; } = Meters.Factory();

    protected IAuditJournal Journal() => new AuditJournal(Blobs, Chain(), new global::RagApp.Storage.Journals.Telemetry(Measured), TimeProvider.System);

    /// <summary>The chain as one more process sees it.</summary>
    internal AuditChain Chain() => new(Blobs, Signatures, new AuditRemovals(Blobs, Signatures), TimeProvider.System, NullLogger<AuditChain>.Instance);

    internal AuditSignatures Signatures { get; } = new(Options.Create(new AuditChainOptions { SigningKey = ServiceSettings.SigningKey }));

    private static AuditRecord At(double second) => new(
        "acme", Noon.AddSeconds(second), "user:alice", AuditActions.DocumentUploaded, "d1", 1, new Dictionary<string, string>(StringComparer.Ordinal), TraceId: null);

    private async Task<IReadOnlyList<string>> DamageAsync(int expectedRecords)
    {
        var read = new List<AuditRecord>();
        var exception = await Should.ThrowAsync<DamagedJournalException>(async () =>
        {
            await foreach (var record in Journal().ReadAsync("acme", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation))
                read.Add(record);
        });
        read.Count.ShouldBe(expectedRecords);
        return exception.Problems;
    }

    private async Task<List<AuditRecord>> ReadAsync(string tenant) =>
        await Journal().ReadAsync(tenant, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation);

    private async Task<List<string>> SegmentsAsync() =>
        await Blobs.ListAsync("tenants/acme/journals/audit", after: null, Cancellation).ToListAsync(Cancellation);

    private async Task<byte[]> BytesAsync(string key)
    {
        await using var blob = (await Blobs.OpenAsync(key, Cancellation)).ShouldNotBeNull();
        using var bytes = new MemoryStream();
        await blob.Content.CopyToAsync(bytes, Cancellation);
        return bytes.ToArray();
    }
}
