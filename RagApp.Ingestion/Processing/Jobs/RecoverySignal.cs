using System.Threading.Channels;

namespace RagApp.Ingestion.Processing.Jobs;

/// <summary>Asks the recovery to run before its next interval.</summary>
internal sealed class RecoverySignal
{
    /// <summary>Holds at most one request, because one recovery covers all documents.</summary>
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ask() => _asked.Writer.TryWrite(true);

    /// <summary>Takes the request; true when there was one since the last call.</summary>
    public bool Take() => _asked.Reader.TryRead(out _);
}
