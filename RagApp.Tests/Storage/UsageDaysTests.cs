using Microsoft.Extensions.Time.Testing;
using RagApp.Contracts.Usage;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Journals;
using RagApp.Tests.TestServices;
using Telemetry = RagApp.Storage.Journals.Telemetry;

namespace RagApp.Tests.Storage;

/// <summary>Sums of old days in the usage journal: the same totals at every moment, also when the work is killed midway.</summary>
public sealed class UsageDaysTests : IDisposable
{
    private static readonly DateTimeOffset Old = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Old.AddDays(20));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SumAsync_OldDays_KeepsEveryTotalAndRemovesTheSegments()
    {
        var (journal, days, blobs) = Open();
        await FillAsync(journal);
        var before = await TotalsAsync(journal);
        var segments = await CountAsync(blobs, "usage");

        var replaced = await days.SumAsync("acme", Cancellation);
        var again = await days.SumAsync("acme", Cancellation);

        (await TotalsAsync(journal)).ShouldBe(before);
        (replaced, again).ShouldBe((segments - 1, 0));
        (await CountAsync(blobs, "usage")).ShouldBe(1, "the calls of yesterday keep their records");
        (await CountAsync(blobs, "usage-days")).ShouldBe(2);
        (await journal.ReadAsync("acme", Old, Old.AddDays(3), Cancellation).ToListAsync(Cancellation)).Count.ShouldBeLessThanOrEqualTo(8);
    }

    [Fact]
    public async Task SumAsync_KilledAfterAnyWrite_NothingIsLostOrCountedTwice()
    {
        var (journal, days, _) = Open();
        await FillAsync(journal);
        var before = await TotalsAsync(journal);

        var kills = 0;
        while (true)
        {
            var (_, dying, _) = Open(writes: 1);
            try
            {
                await dying.SumAsync("acme", Cancellation);
                break;
            }
            catch (IOException)
            {
                kills++;
            }
            (await TotalsAsync(journal)).ShouldBe(before, $"after kill {kills}");
        }

        kills.ShouldBeGreaterThan(4);
        await days.SumAsync("acme", Cancellation);
        (await TotalsAsync(journal)).ShouldBe(before);
    }

    [Fact]
    public async Task SumAsync_ARecordComesLate_IsAddedToItsDay()
    {
        var (journal, days, _) = Open();
        await FillAsync(journal);
        await days.SumAsync("acme", Cancellation);
        var before = await TotalsAsync(journal);

        await journal.AppendAsync([Record(Old.AddHours(5), "k1", "late")], Cancellation);
        var withLate = await TotalsAsync(journal);
        await days.SumAsync("acme", Cancellation);

        withLate.Count.ShouldBe(before.Count + 1);
        (await TotalsAsync(journal)).ShouldBe(withLate);
    }

    [Fact]
    public async Task ReadAsync_WhileSeveralProcessesSum_SeesTheSameTotals()
    {
        var (journal, _, _) = Open();
        await FillAsync(journal);
        var before = await TotalsAsync(journal);

        var summing = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Open().Days.SumAsync("acme", Cancellation))));
        do
            (await TotalsAsync(journal)).ShouldBe(before);
        while (!summing.IsCompleted);
        await summing;

        (await TotalsAsync(journal)).ShouldBe(before);
    }

    [Fact]
    public async Task SumAsync_ADamagedSegment_ItsDayStaysAndTheOthersAreSummed()
    {
        var (journal, days, blobs) = Open();
        await FillAsync(journal);
        var first = await blobs.ListAsync("tenants/acme/journals/usage", after: null, Cancellation).FirstAsync(Cancellation);
        await blobs.PutAsync(first, new MemoryStream("{}"u8.ToArray()), BlobCondition.None, Cancellation);

        (await Should.ThrowAsync<DamagedJournalException>(days.SumAsync("acme", Cancellation))).Problems.ShouldHaveSingleItem().ShouldContain(first);

        (await CountAsync(blobs, "usage-days")).ShouldBe(1);
        await Should.ThrowAsync<DamagedJournalException>(TotalsAsync(journal));
    }

    /// <summary>Two old days and yesterday, with keys, models and a segment that reaches over midnight.</summary>
    private async Task FillAsync(UsageJournal journal)
    {
        UsageRecord[] records =
        [
            Record(Old.AddHours(1), "k1", "gpt-4o"), Record(Old.AddHours(2), "k1", "gpt-4o"), Record(Old.AddHours(2), "k2", "gpt-4o"), Record(Old.AddHours(3), null, "other"),
            Record(Old.AddDays(1).AddSeconds(-5), "k1", "gpt-4o"), Record(Old.AddDays(1).AddSeconds(5), "k1", "gpt-4o"), Record(Old.AddDays(1).AddHours(7), "k2", "gpt-4o"),
            Record(_time.GetUtcNow().AddDays(-1), "k1", "gpt-4o"),
        ];
        await journal.AppendAsync(records, Cancellation);
        await journal.AppendAsync([records[0]], Cancellation); // a copy, as after a crash
    }

    /// <summary>Calls, tokens and cost by day, key and model.</summary>
    private static async Task<IReadOnlyList<string>> TotalsAsync(UsageJournal journal) =>
    [
        .. (await journal.ReadAsync("acme", Old.AddDays(-1), Old.AddDays(30), Cancellation).ToListAsync(Cancellation))
            .GroupBy(record => $"{record.At:yyyy-MM-dd} {record.KeyId} {record.Model}")
            .Select(calls => $"{calls.Key}: {calls.Sum(call => 1 + call.FurtherCalls)} {calls.Sum(call => call.InputTokens)} {calls.Sum(call => call.OutputTokens)} {calls.Sum(call => call.MicroDollars)}")
            .Order(StringComparer.Ordinal),
    ];

    private static ValueTask<int> CountAsync(IBlobStore blobs, string journal) =>
        blobs.ListAsync($"tenants/acme/journals/{journal}", after: null, Cancellation).CountAsync(Cancellation);

    private static UsageRecord Record(DateTimeOffset at, string? key, string model) => new(
        Guid.NewGuid().ToString("N"), at, "acme", key, model, "answers", 10, 2, 45, at.AddSeconds(1), IsCounted: false);

    /// <param name="writes">Number of writes and deletions after which the store fails; null for never.</param>
    private (UsageJournal Journal, UsageDays Days, IBlobStore Blobs) Open(int? writes = null)
    {
        IBlobStore files = new FileBlobStore(_folder.Path, TimeProvider.System);
        var blobs = writes is { } most ? new DyingBlobs(files, most) : files;
        var journal = new Journal<UsageRecord>(blobs, "usage", JournalsJson.Plain.UsageRecord, record => record.At, new Telemetry(Meters.Factory()), _time, chain: null);
        var days = new UsageDays(blobs, journal, _time);
        return (new UsageJournal(journal, days), days, blobs);
    }

    /// <summary>A store that fails after some writes, as if its process had been killed.</summary>
    private sealed class DyingBlobs(IBlobStore inner, int writes) : IBlobStore
    {
        private int _left = writes;

        public Task<string> PutAsync(string key, Stream content, BlobCondition condition, CancellationToken cancellationToken)
        {
            Write();
            return inner.PutAsync(key, content, condition, cancellationToken);
        }

        public Task DeleteAsync(string key, CancellationToken cancellationToken)
        {
            Write();
            return inner.DeleteAsync(key, cancellationToken);
        }

        public Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken) => inner.ReadAsync(key, cancellationToken);

        public Task<Blob?> OpenAsync(string key, CancellationToken cancellationToken) => inner.OpenAsync(key, cancellationToken);

        public Task<DateTimeOffset?> FindWrittenAtAsync(string key, CancellationToken cancellationToken) => inner.FindWrittenAtAsync(key, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) => inner.ListAsync(prefix, after, cancellationToken);

        private void Write()
        {
            if (_left-- == 0)
                throw new IOException("Killed.");
        }
    }
}
