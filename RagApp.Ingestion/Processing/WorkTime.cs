using RagApp.Ingestion.Parsing;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// How long the service itself may work on one document: the steps on its text that run in this process, one after the
/// other. What the document waits for, a parser, the embedding service or a store, takes nothing of it.
/// </summary>
/// <param name="most">For all steps together.</param>
/// <param name="stopped">Ends a step because the service stops or the job is somebody else's.</param>
internal sealed class WorkTime(TimeSpan most, TimeProvider time, CancellationToken stopped)
{
    private TimeSpan _used;

    /// <summary>Runs a step, which looks at its token as it goes.</summary>
    /// <exception cref="ParseLimitException">The time is up.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public T Run<T>(Func<CancellationToken, T> step)
    {
        using var deadline = new CancellationTokenSource(_used < most ? most - _used : TimeSpan.Zero, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopped);
        var started = time.GetTimestamp();
        try
        {
            ends.Token.ThrowIfCancellationRequested();
            return step(ends.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !stopped.IsCancellationRequested)
        {
            throw new ParseLimitException($"Working through its text took longer than {most.TotalSeconds:0} s. Split it into several documents.");
        }
        finally
        {
            _used += time.GetElapsedTime(started);
        }
    }
}
