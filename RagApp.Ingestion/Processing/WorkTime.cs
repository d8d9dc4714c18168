using RagApp.Parsing;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Limits the time that this process spends on the text of one document, over all steps. Waiting for a parser, the
/// embedding service or a store does not count.
/// </summary>
/// <param name="most">The limit for all steps together.</param>
/// <param name="stopped">Ends a step when the service stops or another worker has taken over the job.</param>
internal sealed class WorkTime(TimeSpan most, TimeProvider time, CancellationToken stopped)
{
    private TimeSpan _used;

    /// <summary>Runs a step, which must check its cancellation token regularly.</summary>
    /// <exception cref="ParseLimitException">The time is up.</exception>
    /// <exception cref="OperationCanceledException">The service stops or another worker has taken over the job.</exception>
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
