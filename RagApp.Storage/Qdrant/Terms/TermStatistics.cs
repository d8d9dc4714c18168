using System.Globalization;
using StackExchange.Redis;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>
/// A tenant's term statistics on the Redis protocol, one set of keys per generation of its index. They are kept apart by
/// access list, so that what is counted for somebody is what that person may read. Each document's share is kept beside
/// the sums, so that writing it again replaces it and counts nothing twice. All of it can be lost: the index says it
/// again (<see cref="TermCounting"/>).
/// <para>
/// Calls throw <see cref="RedisException"/> or <see cref="TimeoutException"/> when the server does not answer.
/// </para>
/// </summary>
internal sealed class TermStatistics(IConnectionMultiplexer redis)
{
    /// <summary>
    /// Access lists that are counted for one person, those with the most chunks first: with more of them, words in the
    /// smaller ones weigh as if they stood in the others alone.
    /// </summary>
    public const int MostLists = 256;

    /// <summary>
    /// Puts a document's share in the place of the one that the caller has read, or does nothing (0) when it is another
    /// one by now. Keys: shares, names of the keys in use, then those that change. Arguments: document, share read, new
    /// share (both empty for none), then <see cref="StatisticsChange.ToArguments"/>.
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
        local at = 4
        for k = 3, #KEYS do
            local sorted = ARGV[at] == 'sorted'
            local last = at + 2 * tonumber(ARGV[at + 1])
            for i = at + 2, last, 2 do
                if sorted then
                    if tonumber(redis.call('ZINCRBY', KEYS[k], ARGV[i + 1], ARGV[i])) <= 0 then
                        redis.call('ZREM', KEYS[k], ARGV[i])
                    end
                elseif redis.call('HINCRBY', KEYS[k], ARGV[i], ARGV[i + 1]) == 0 then
                    redis.call('HDEL', KEYS[k], ARGV[i])
                end
            end
            at = last + 2
            if redis.call('EXISTS', KEYS[k]) == 1 then
                redis.call('SADD', KEYS[2], KEYS[k])
            else
                redis.call('SREM', KEYS[2], KEYS[k])
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
    public Task ReplaceAsync(string tenant, string generation, string documentId, DocumentTerms? terms, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, generation, documentId, _ => terms, cancellationToken);

    /// <summary>Counts the document under another access list; false when it is not counted yet.</summary>
    public Task<bool> ChangeAccessAsync(
        string tenant, string generation, string documentId, IReadOnlyList<string> access, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, generation, documentId, counted => counted?.ReadableBy(access), cancellationToken);

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

    /// <summary>
    /// The access lists that one of these entries opens, at most <see cref="MostLists"/>, each with the chunks under it;
    /// null when not every document is counted.
    /// </summary>
    public async Task<IReadOnlyDictionary<ReadableList, long>?> FindReadableAsync(
        string tenant, string generation, IEnumerable<string> entries, CancellationToken cancellationToken)
    {
        var whole = Database.KeyExistsAsync(Whole(tenant, generation));
        var lists = await Task.WhenAll(entries.Select(entry => Database.SortedSetRangeByRankWithScoresAsync(
            Key(tenant, generation, StatisticsKey.ListsWith(entry).Name), 0, MostLists - 1, Order.Descending))).WaitAsync(cancellationToken);
        return await whole.WaitAsync(cancellationToken)
            ? lists.SelectMany(list => list).DistinctBy(list => list.Element)
                .OrderByDescending(list => list.Score).ThenBy(list => list.Element.ToString(), StringComparer.Ordinal)
                .Take(MostLists)
                .ToDictionary(list => ReadableList.Read(list.Element.ToString()), list => (long)list.Score)
            : null;
    }

    /// <summary>How many of the chunks under these access lists have each term, in the order of the places.</summary>
    public async Task<long[]> CountAsync(
        string tenant, string generation, IEnumerable<string> fingerprints, IReadOnlyList<uint> places, CancellationToken cancellationToken)
    {
        RedisValue[] fields = [.. places.Select(place => (RedisValue)place.ToString(CultureInfo.InvariantCulture))];
        var counts = await Task.WhenAll(fingerprints.Select(fingerprint => Database.HashGetAsync(
            Key(tenant, generation, StatisticsKey.TermsUnder(fingerprint).Name), fields))).WaitAsync(cancellationToken);
        return [.. fields.Select((_, place) => counts.Sum(list => (long)list[place]))];
    }

    /// <summary>Removes all statistics of a generation.</summary>
    public async Task ForgetAsync(string tenant, string generation, CancellationToken cancellationToken)
    {
        await Database.KeyDeleteAsync(Whole(tenant, generation)).WaitAsync(cancellationToken);
        var used = await Database.SetMembersAsync(Used(tenant, generation)).WaitAsync(cancellationToken);
        RedisKey[] keys = [.. used.Select(name => (RedisKey)name.ToString()), Shares(tenant, generation), Words(tenant, generation), Used(tenant, generation)];
        await Database.KeyDeleteAsync(keys).WaitAsync(cancellationToken);
    }

    /// <summary>Puts what <paramref name="change"/> makes of the share in its place; false when there is none before and after.</summary>
    private async Task<bool> ChangeAsync(
        string tenant, string generation, string documentId, Func<DocumentTerms?, DocumentTerms?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = (byte[]?)await Database.HashGetAsync(Shares(tenant, generation), documentId).WaitAsync(cancellationToken);
            var counted = before is null ? null : DocumentTerms.Read(before);
            var after = change(counted);
            var share = after?.Write() ?? [];
            if (share.AsSpan().SequenceEqual(before ?? []))
                return after is not null;
            var changes = StatisticsChange.Of(counted, after);
            RedisKey[] keys = [Shares(tenant, generation), Used(tenant, generation), .. changes.Keys.Select(key => Key(tenant, generation, key.Name))];
            var done = await Database.ScriptEvaluateAsync(Replace, keys, [documentId, before ?? [], share, .. changes.ToArguments()]).WaitAsync(cancellationToken);
            if ((int)done == 1)
                return true;
        }
    }

    /// <summary>In front of a word, once by its first letter and once by its last, so that those of the same letter and length stand together.</summary>
    private static string[] BucketsOf(string word, int length) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"first {word[0]}{length:00}"),
        string.Create(CultureInfo.InvariantCulture, $"last {word[^1]}{length:00}"),
    ];

    private static RedisKey Whole(string tenant, string generation) => Key(tenant, generation, "whole");

    private static RedisKey Shares(string tenant, string generation) => Key(tenant, generation, "documents");

    /// <summary>The names of all keys by access list and entry that there are.</summary>
    private static RedisKey Used(string tenant, string generation) => Key(tenant, generation, "used");

    private static RedisKey Words(string tenant, string generation) => Key(tenant, generation, "words");

    /// <summary>The braces keep a generation's keys together on a Redis cluster. Statistics laid out otherwise take another first word.</summary>
    private static RedisKey Key(string tenant, string generation, string name) => $"{{readable-terms:{tenant}:{generation}}}:{name}";
}
