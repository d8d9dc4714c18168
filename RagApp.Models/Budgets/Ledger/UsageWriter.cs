using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RagApp.Contracts.Usage;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>
/// Writes the records of this process to the journal, those of half a second together, and then tells the ledger so. A record that the
/// ledger does not know any more is settled again.
/// </summary>
internal sealed class UsageWriter(
    UsageQueue queue, IUsageJournal journal, RedisLedger ledger, Settlements settlements, LedgerTiming timing, TimeProvider time,
    ILogger<UsageWriter> logger) : BackgroundService
{
    private const int MaxBatch = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Records taken from the queue and not written yet.</summary>
    private readonly List<UsageRecord> _batch = [];
    private bool _isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(timing.Gather, time, stoppingToken);
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends; what is left is written below.
        }
        await FlushAsync();
    }

    /// <summary>Writes what is queued. A record that cannot be written now stays in the ledger's outbox, from which another process writes it.</summary>
    internal async Task FlushAsync()
    {
        while (Take() && await TryWriteAsync())
            continue;
    }

    private async Task WriteAsync(CancellationToken stoppingToken)
    {
        while (Take())
        {
            if (!await TryWriteAsync())
                await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private bool Take()
    {
        while (_batch.Count < MaxBatch && queue.Reader.TryRead(out var record))
            _batch.Add(record);
        return _batch.Count > 0;
    }

    private async Task<bool> TryWriteAsync()
    {
        try
        {
            await journal.AppendAsync([.. _batch], CancellationToken.None);
            _isFailing = false;
        }
        catch (Exception exception)
        {
            // A boundary: whatever the journal's store throws, the records wait.
            if (!_isFailing)
                logger.JournalFailed(_batch.Count, exception);
            _isFailing = true;
            return false;
        }
        await AcknowledgeAsync();
        _batch.Clear();
        return true;
    }

    private async Task AcknowledgeAsync()
    {
        try
        {
            var unknown = (await ledger.AcknowledgeAsync(_batch.Select(record => record.Id))).ToHashSet(StringComparer.Ordinal);
            foreach (var record in _batch.Where(record => unknown.Contains(record.Id)))
                settlements.Postpone(record);
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            // They stay in the outbox and are written once more, which counts once; or the ledger has lost them.
            _batch.ForEach(settlements.Postpone);
        }
    }
}
