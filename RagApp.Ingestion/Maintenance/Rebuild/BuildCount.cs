using System.Globalization;

namespace RagApp.Ingestion.Maintenance.Rebuild;

/// <summary>Counts and reports the progress and speed of a build that adds several documents at once.</summary>
internal sealed class BuildCount(string tenant, int documents, IProgress<VerbUpdate> progress, TimeProvider time)
{
    /// <summary>Number of left-out documents named in the output; the rest are only counted.</summary>
    private const int Named = 20;

    private readonly long _started = time.GetTimestamp();
    private int _done;
    private long _chunks;
    private int _leftOut;

    public BuildResult Result => new(_done, _chunks, _leftOut, time.GetElapsedTime(_started));

    public void ChunksAdded(int chunks) => Interlocked.Add(ref _chunks, chunks);

    public void DocumentDone()
    {
        var done = Interlocked.Increment(ref _done);
        var seconds = time.GetElapsedTime(_started).TotalSeconds;
        progress.Status(string.Create(CultureInfo.InvariantCulture,
            $"{tenant}: {done:N0} of {documents:N0} documents, {_chunks / Math.Max(seconds, 0.001):N0} chunks/s, {TimeLeft(done, seconds)} left"));
    }

    public void LeftOut(string documentId, string? path, string reason)
    {
        if (Interlocked.Increment(ref _leftOut) <= Named)
            progress.Line($"{tenant}: left out {path ?? documentId}: {reason}");
    }

    private string TimeLeft(int done, double seconds) =>
        TimeSpan.FromSeconds(Math.Ceiling(seconds / done * Math.Max(documents - done, 0))).ToString("c", CultureInfo.InvariantCulture);
}

/// <param name="LeftOut">Number of documents that should be in the index but could not be added.</param>
internal sealed record BuildResult(int Documents, long Chunks, int LeftOut, TimeSpan Took)
{
    public string Describe(string tenant) => string.Create(CultureInfo.InvariantCulture,
        $"{tenant}: {Documents:N0} documents, {Chunks:N0} chunks in {Took.TotalSeconds:N1} s ({Chunks / Math.Max(Took.TotalSeconds, 0.001):N0} chunks/s){(LeftOut > 0 ? $", {LeftOut:N0} documents left out" : "")}");
}
