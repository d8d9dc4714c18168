using System.Globalization;
using StackExchange.Redis;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>
/// A tenant's term statistics on the Redis protocol, one set of keys per generation of its index. Each document's share
/// is kept beside the sums, so that writing it again replaces it and counts nothing twice. All of it can be lost: the
/// index says it again (<see cref="TermCounting"/>).
/// <para>
/// Calls throw <see cref="RedisException"/> or <see cref="TimeoutException"/> when the server does not answer.
/// </para>
/// </summary>
internal sealed class TermStatistics(IConnectionMultiplexer redis)
{
    /// <summary>
    /// Puts a document's share in the place of the one that the caller has read, or does nothing (0) when it is another
    /// one by now. Keys: shares, terms, languages. Arguments: document, share read, new share (both empty for none), how
    /// many terms change, those terms each with its change, then languages each with its change.
    /// </summary>
    private const string Replace = """
        local share = redis.call('HGET', KEYS[1], ARGV[1]) or ''
        if share ~= ARGV[2] then
            return 0
        end
        if ARGV[3] == '' then
            redis.call('HDEL', KEYS[1], ARGV[1])
        else
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
        end
        local languages = 5 + 2 * tonumber(ARGV[4])
        for i = 5, #ARGV, 2 do
            local key = i < languages and KEYS[2] or KEYS[3]
            if redis.call('HINCRBY', key, ARGV[i], ARGV[i + 1]) == 0 then
                redis.call('HDEL', key, ARGV[i])
            end
        end
        return 1
        """;

    private IDatabase Database => redis.GetDatabase();

    /// <summary>Says that from here on every document of the generation is counted: it is empty, or all were counted just now.</summary>
    public Task MarkWholeAsync(string tenant, string generation, CancellationToken cancellationToken) =>
        Database.StringSetAsync(Whole(tenant, generation), "1").WaitAsync(cancellationToken);

    public Task<bool> IsWholeAsync(string tenant, string generation, CancellationToken cancellationToken) =>
        Database.KeyExistsAsync(Whole(tenant, generation)).WaitAsync(cancellationToken);

    public Task<bool> HasShareAsync(string tenant, string generation, string documentId, CancellationToken cancellationToken) =>
        Database.HashExistsAsync(Shares(tenant, generation), documentId).WaitAsync(cancellationToken);

    /// <summary>Puts the document's share in the place of what was counted of it before; null counts it no more.</summary>
    public async Task ReplaceAsync(string tenant, string generation, string documentId, DocumentTerms? terms, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [Shares(tenant, generation), Terms(tenant, generation), Languages(tenant, generation)];
        while (true)
        {
            var before = (byte[]?)await Database.HashGetAsync(keys[0], documentId).WaitAsync(cancellationToken) ?? [];
            var after = terms?.Write() ?? [];
            if (before.AsSpan().SequenceEqual(after))
                return;
            var arguments = Changes(before.Length == 0 ? null : DocumentTerms.Read(before), terms);
            var done = await Database.ScriptEvaluateAsync(Replace, keys, [documentId, before, after, .. arguments]).WaitAsync(cancellationToken);
            if ((int)done == 1)
                return;
        }
    }

    /// <summary>Remembers words as they are written in documents, for corrections.</summary>
    public Task AddWordsAsync(string tenant, string generation, IReadOnlyCollection<string> words, CancellationToken cancellationToken) =>
        words.Count == 0
            ? Task.CompletedTask
            : Database.SortedSetAddAsync(Words(tenant, generation), [.. words.SelectMany(word => BucketsOf(word, word.Length).Select(bucket => new SortedSetEntry(bucket + word, 0)))]).WaitAsync(cancellationToken);

    /// <summary>The tenant's words of these lengths that begin or end with the same letter as <paramref name="word"/>.</summary>
    public async Task<IReadOnlyCollection<string>> FindWordsAsync(
        string tenant, string generation, string word, IEnumerable<int> lengths, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(lengths.SelectMany(length => BucketsOf(word, length)).Select(ReadAsync)).WaitAsync(cancellationToken);
        return found.SelectMany(words => words).ToHashSet(StringComparer.Ordinal);

        async Task<IEnumerable<string>> ReadAsync(string bucket) =>
            (await Database.SortedSetRangeByValueAsync(Words(tenant, generation), bucket, bucket + '\uFFFF'))
                .Select(value => value.ToString()[bucket.Length..]);
    }

    /// <summary>How many chunks there are by language; null when not every document is counted.</summary>
    public async Task<IReadOnlyDictionary<string, long>?> FindLanguagesAsync(string tenant, string generation, CancellationToken cancellationToken)
    {
        var whole = Database.KeyExistsAsync(Whole(tenant, generation));
        var languages = await Database.HashGetAllAsync(Languages(tenant, generation)).WaitAsync(cancellationToken);
        return await whole.WaitAsync(cancellationToken)
            ? languages.ToDictionary(language => language.Name.ToString(), language => (long)language.Value, StringComparer.Ordinal)
            : null;
    }

    /// <summary>How many chunks have each term, in the order of the places.</summary>
    public async Task<long[]> CountAsync(string tenant, string generation, IReadOnlyList<uint> places, CancellationToken cancellationToken)
    {
        var counts = await Database.HashGetAsync(Terms(tenant, generation), [.. places.Select(Field)]).WaitAsync(cancellationToken);
        return [.. counts.Select(count => (long)count)];
    }

    /// <summary>Removes all statistics of a generation.</summary>
    public Task ForgetAsync(string tenant, string generation, CancellationToken cancellationToken) => Database.KeyDeleteAsync(
        [Whole(tenant, generation), Shares(tenant, generation), Terms(tenant, generation), Languages(tenant, generation), Words(tenant, generation)])
        .WaitAsync(cancellationToken);

    private static List<RedisValue> Changes(DocumentTerms? before, DocumentTerms? after)
    {
        var terms = new Dictionary<uint, int>();
        foreach (var (place, count) in after?.ChunksWithTerm ?? new Dictionary<uint, int>())
            terms[place] = count;
        foreach (var (place, count) in before?.ChunksWithTerm ?? new Dictionary<uint, int>())
            terms[place] = terms.GetValueOrDefault(place) - count;
        var changed = terms.Where(term => term.Value != 0).ToList();
        var changes = new List<RedisValue> { changed.Count };
        foreach (var (place, change) in changed)
            changes.AddRange([Field(place), change]);
        if (before is not null)
            changes.AddRange([before.Language, -before.Chunks]);
        if (after is not null)
            changes.AddRange([after.Language, after.Chunks]);
        return changes;
    }

    private static RedisValue Field(uint place) => place.ToString(CultureInfo.InvariantCulture);

    /// <summary>In front of a word, once by its first letter and once by its last, so that those of the same letter and length stand together.</summary>
    private static string[] BucketsOf(string word, int length) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"first {word[0]}{length:00}"),
        string.Create(CultureInfo.InvariantCulture, $"last {word[^1]}{length:00}"),
    ];

    private static RedisKey Whole(string tenant, string generation) => Key(tenant, generation, "whole");

    private static RedisKey Shares(string tenant, string generation) => Key(tenant, generation, "documents");

    private static RedisKey Terms(string tenant, string generation) => Key(tenant, generation, "terms");

    private static RedisKey Languages(string tenant, string generation) => Key(tenant, generation, "languages");

    private static RedisKey Words(string tenant, string generation) => Key(tenant, generation, "words");

    /// <summary>The braces keep a generation's keys together on a Redis cluster.</summary>
    private static RedisKey Key(string tenant, string generation, string name) => $"{{terms:{tenant}:{generation}}}:{name}";
}
