using System.Collections.Concurrent;
using RagApp.Contracts;
using RagApp.Contracts.Search;
using RagApp.Storage.Blobs;
using RagApp.Storage.Control;
using RagApp.Text.Analysis;

namespace RagApp.Query.Glossaries;

/// <summary>Reads and saves the glossaries, one control record per tenant. Searches use a copy in memory that is at most ten seconds old.</summary>
internal sealed class GlossaryStore(ControlRecords records, ITextAnalysis analysis, TimeProvider time, ILogger<GlossaryStore> logger)
{
    private const string Name = "glossary";

    /// <summary>Number of tenants in the cache at which it is emptied.</summary>
    private const int MaxTenants = 1000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Cached> _cache = new(StringComparer.Ordinal);

    /// <summary>Reads the tenant's glossary; it is empty when none was saved.</summary>
    public async Task<StoredGlossary> FindAsync(string tenant, CancellationToken cancellationToken)
    {
        var record = await records.FindAsync(tenant, Name, ContractsJson.Default.Glossary, cancellationToken);
        return record is null ? new StoredGlossary(new Glossary([]), ETag: null) : new StoredGlossary(record.Value, Quote(record.ETag));
    }

    /// <exception cref="BlobConflictException">
    /// The glossary was changed in the meantime, or one exists and <paramref name="ifMatch"/> is null.
    /// </exception>
    public async Task<StoredGlossary> SaveAsync(string tenant, Glossary glossary, string? ifMatch, CancellationToken cancellationToken)
    {
        var saved = await records.SaveAsync(tenant, Name, glossary, ifMatch?.Trim('"'), ContractsJson.Default.Glossary, cancellationToken);
        _cache.TryRemove(tenant, out _);
        return new StoredGlossary(saved.Value, Quote(saved.ETag));
    }

    /// <summary>Returns the terms for a search; when the glossary cannot be read, the search runs without it.</summary>
    public async Task<GlossaryTerms> GetTermsAsync(string tenant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_cache.TryGetValue(tenant, out var known) && now - known.At < Lifetime)
            return known.Terms;

        var terms = await ReadAsync(tenant, cancellationToken);
        if (_cache.Count >= MaxTenants)
            _cache.Clear();
        _cache[tenant] = new Cached(terms, now);
        return terms;
    }

    private async Task<GlossaryTerms> ReadAsync(string tenant, CancellationToken cancellationToken)
    {
        try
        {
            return GlossaryTerms.Of((await FindAsync(tenant, cancellationToken)).Glossary, analysis);
        }
        catch (Exception exception) when (exception is CorruptBlobException or StoreUnavailableException or IOException)
        {
            logger.GlossaryNotRead(exception);
            return GlossaryTerms.None;
        }
    }

    private static string Quote(string etag) => $"\"{etag.Trim('"')}\"";

    private sealed record Cached(GlossaryTerms Terms, DateTimeOffset At);
}
