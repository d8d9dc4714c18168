using System.Threading.Channels;

namespace RagApp.Ingestion.Processing;

/// <summary>Asks the recovery to look for unfinished documents before its time.</summary>
internal sealed class RecoverySignal
{
    /// <summary>One is enough: a look finds everything.</summary>
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ask() => _asked.Writer.TryWrite(true);

    /// <summary>Whether somebody asked since the last time.</summary>
    public bool Take() => _asked.Reader.TryRead(out _);
}
