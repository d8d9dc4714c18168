using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RagApp.Contracts.Usage;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>
/// Records that this process still has to write to the journal. When the queue is full, because the journal cannot be written for long, a
/// record waits only in the ledger's outbox, from which it is written later.
/// </summary>
internal sealed class UsageQueue(ILogger<UsageQueue> logger)
{
    private const int Capacity = 100_000;

    private readonly Channel<UsageRecord> _records = Channel.CreateBounded<UsageRecord>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public ChannelReader<UsageRecord> Reader => _records.Reader;

    public void Add(UsageRecord record)
    {
        if (!_records.Writer.TryWrite(record))
            logger.JournalQueueFull();
    }
}
