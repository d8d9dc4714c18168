using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Journals.Chain;

namespace RagApp.Storage.Journals;

/// <summary>An append-only journal per tenant, with one line of JSON per record, in the bucket or folder of the documents.</summary>
public sealed class Journal<T>
{
    /// <summary>The character after <c>/</c>: a segment with it comes after all keys below the segment.</summary>
    private const char AfterSlash = '0';

    private readonly IBlobStore _blobs;
    private readonly string _name;
    private readonly JsonTypeInfo<T> _type;
    private readonly Func<T, DateTimeOffset> _at;
    private readonly JournalWriter _writer;
    private readonly JournalReader<T> _reader;

    internal Journal(
        IBlobStore blobs, string name, JsonTypeInfo<T> type, Func<T, DateTimeOffset> at, Telemetry telemetry, TimeProvider time, AuditChain? chain)
    {
        (_blobs, _name, _type, _at) = (blobs, name, type, at);
        _writer = new JournalWriter(blobs, name, telemetry, time, chain);
        _reader = new JournalReader<T>(blobs, name, type, at);
    }

    /// <summary>Appends records; returns when all of them are durable.</summary>
    /// <remarks>After a failure, some or all of them may be in the journal all the same.</remarks>
    public Task AppendAsync(string tenant, IReadOnlyList<T> records, CancellationToken cancellationToken) =>
        _writer.AppendAsync(tenant, [.. records.Select(record => new JournalLine(_at(record).ToUniversalTime(), JsonSerializer.SerializeToUtf8Bytes(record, _type)))], cancellationToken);

    /// <summary>A tenant's records from <paramref name="from"/> until before <paramref name="to"/>, in the order of their times.</summary>
    /// <exception cref="DamagedJournalException">Some segments are damaged; thrown after all readable records.</exception>
    public IAsyncEnumerable<T> ReadAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ReadAsync(tenant, from, to, isReplaced: _ => false, cancellationToken);

    /// <summary>A tenant's records without those of the segments that are replaced.</summary>
    internal IAsyncEnumerable<T> ReadAsync(
        string tenant, DateTimeOffset from, DateTimeOffset to, Func<string, bool> isReplaced, CancellationToken cancellationToken) =>
        _reader.ReadAsync(tenant, from, to, isReplaced, cancellationToken);

    /// <summary>All records of some segments.</summary>
    /// <exception cref="DamagedJournalException">One of them is damaged.</exception>
    internal Task<IReadOnlyList<T>> ReadAsync(IEnumerable<string> segments, CancellationToken cancellationToken) => _reader.ReadAsync(segments, cancellationToken);

    /// <summary>The days in which segments of a tenant begin, before a day; the oldest first.</summary>
    internal async Task<IReadOnlyList<DateOnly>> ListDaysAsync(string tenant, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var folder = SegmentName.Folder(tenant, _name);
        var days = new List<DateOnly>();
        string? after = null;
        while (await _blobs.ListAsync(folder, after, cancellationToken).FirstOrDefaultAsync(cancellationToken) is { } key
            && SegmentName.TryParseStart(folder, key, out var start) && start < before)
        {
            days.Add(DateOnly.FromDateTime(start.Value.UtcDateTime));
            after = SegmentName.Before(folder, new DateTimeOffset(start.Value.UtcDateTime.Date.AddDays(1), TimeSpan.Zero));
        }
        return days;
    }

    /// <summary>Keys of a tenant's segments that begin in a day.</summary>
    internal async Task<IReadOnlyList<string>> ListSegmentsAsync(string tenant, DateOnly day, CancellationToken cancellationToken) =>
        await _blobs.ListAsync(SegmentName.Folder(tenant, _name, day), after: null, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>The tenants that have anything stored, also those without a record here.</summary>
    public async IAsyncEnumerable<string> ListTenantsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (await _blobs.ListAsync(DocumentKeys.Root, after, cancellationToken).FirstOrDefaultAsync(cancellationToken) is { } key)
        {
            var segment = key.Split('/')[1];
            yield return KeySegment.Decode(segment);
            after = $"{DocumentKeys.Root}/{segment}{AfterSlash}";
        }
    }
}
