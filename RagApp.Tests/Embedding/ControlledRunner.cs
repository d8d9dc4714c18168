using System.Collections.Concurrent;
using RagApp.Embedding.Scheduling;

namespace RagApp.Tests.Embedding;

/// <summary>A text runner whose runs end only when the test says so; it records the order in which they began.</summary>
internal sealed class ControlledRunner : ITextRunner, IDisposable
{
    /// <summary>Time limit of a wait, so that a test with an unfinished run fails instead of blocking all others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly BlockingCollection<long> _begun = [];
    private readonly SemaphoreSlim _mayEnd = new(0);

    public ModelWork Work => ModelWork.Embed;

    public float[] Run(long[] tokens)
    {
        _begun.Add(tokens[0]);
        return _mayEnd.Wait(Patience) ? [tokens[0]] : throw new TimeoutException($"Nobody ended the run of {tokens[0]} within {Patience}.");
    }

    /// <summary>Waits until the next run begins; returns the first token of its text.</summary>
    public long NextBegun(CancellationToken cancellationToken) => _begun.Take(cancellationToken);

    public void EndOne() => _mayEnd.Release();

    /// <summary>Ends the current run and waits until the next one begins.</summary>
    public long EndOneAndTakeNext(CancellationToken cancellationToken)
    {
        EndOne();
        return NextBegun(cancellationToken);
    }

    public void EndAll() => _mayEnd.Release(100_000);

    public void Dispose()
    {
        _begun.Dispose();
        _mayEnd.Dispose();
    }
}
