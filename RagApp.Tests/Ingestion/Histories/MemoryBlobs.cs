using RagApp.Storage.Blobs;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>A blob store in memory, for one thread.</summary>
/// <param name="steps">True when each call is a separate step, between which other work may run.</param>
internal sealed class MemoryBlobs(SortedDictionary<string, byte[]> blobs, bool steps) : IBlobStore
{
    private static int _tags;

    private readonly Dictionary<string, string> _tagOf = new(StringComparer.Ordinal);

    public MemoryBlobs()
        : this(new SortedDictionary<string, byte[]>(StringComparer.Ordinal), steps: true)
    {
    }

    private MemoryBlobs(MemoryBlobs other)
        : this(other.Blobs, steps: false) => _tagOf = other._tagOf;

    public SortedDictionary<string, byte[]> Blobs => blobs;

    /// <summary>The same blobs for checks in the middle of a step: calls complete at once.</summary>
    public MemoryBlobs AtOnce => new(this);

    public async Task<string> PutAsync(string key, Stream content, BlobCondition condition, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        await StepAsync();
        var tag = _tagOf.GetValueOrDefault(key);
        if ((condition.MustBeNew && tag is not null) || (condition.ETag is not null && condition.ETag != tag))
            throw new BlobConflictException(key);
        blobs[key] = bytes.ToArray();
        return _tagOf[key] = $"t{Interlocked.Increment(ref _tags)}";
    }

    public async Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken) => (await OpenAsync(key, cancellationToken))?.Content;

    public async Task<Blob?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        await StepAsync();
        return blobs.TryGetValue(key, out var bytes) ? new Blob(new MemoryStream(bytes), _tagOf[key]) : null;
    }

    public async Task<DateTimeOffset?> FindWrittenAtAsync(string key, CancellationToken cancellationToken)
    {
        await StepAsync();
        return blobs.ContainsKey(key) ? DateTimeOffset.UnixEpoch : null;
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        await StepAsync();
        blobs.Remove(key);
        _tagOf.Remove(key);
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await StepAsync();
        foreach (var key in blobs.Keys.Where(key => key.StartsWith($"{prefix}/", StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0).ToList())
            yield return key;
    }

    private async Task StepAsync()
    {
        if (steps)
            await Task.Yield();
    }
}
