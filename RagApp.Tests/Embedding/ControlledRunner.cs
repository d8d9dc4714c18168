using System.Collections.Concurrent;
using RagApp.Embedding.Scheduling;

namespace RagApp.Tests.Embedding;

/// <summary>A runner whose runs end only when the test says so, and that remembers the order in which they began.</summary>
internal sealed class ControlledRunner : ITextRunner, IDisposable
{
    /// <summary>A test that forgets a run fails, instead of holding up all others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly BlockingCollection<long> _begun = [];
    private readonly SemaphoreSlim _mayEnd = new(0);

    public float[] Run(long[] tokens)
    {
        _begun.Add(tokens[0]);
        return _mayEnd.Wait(Patience) ? [tokens[0]] : throw new TimeoutException($"Nobody ended the run of {tokens[0]} within {Patience}.");
    }

    /// <summary>Waits for the next run to begin; its text's first token.</summary>
    public long NextBegun(CancellationToken cancellationToken) => _begun.Take(cancellationToken);

    public void EndOne() => _mayEnd.Release();

    /// <summary>Ends the run in progress and waits for the next to begin.</summary>
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
