using System.Globalization;
using StackExchange.Redis;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>
/// Stores a tenant's term statistics in Redis, in one set of keys per generation of its index. Counts are kept by access list,
/// so that a person's statistics contain only what that person may read. The share of each document is stored beside the sums,
/// so that counting a document again replaces its share. Lost statistics are counted again from the index
/// (<see cref="TermCounting"/>).
/// <para>
/// Calls throw <see cref="RedisException"/> or <see cref="TimeoutException"/> when the server does not answer.
/// </para>
/// </summary>
internal sealed class TermStatistics(IConnectionMultiplexer redis)
{
    /// <summary>
    /// Largest number of access lists that are counted for one person, those with the most chunks first. Beyond it, words of chunks under the
    /// smaller lists are weighted by their counts under the larger ones.
    /// </summary>
    public const int MostLists = 256;

    /// <summary>
    /// Replaces a document's share, or does nothing (0) when it is no longer the share that the caller has read. Keys: the shares,
    /// the names of the keys in use, then the keys to change. Arguments: the document, the share that was read, the new share (each
    /// empty for none), then <see cref="StatisticsChange.ToArguments"/>.
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

    /// <summary>Records that every document of the generation is counted, because it is empty or all were counted just now.</summary>
    public Task MarkWholeAsync(string tenant, string generation, CancellationToken cancellationToken) =>
        Database.StringSetAsync(Whole(tenant, generation), "1").WaitAsync(cancellationToken);

    public Task<bool> IsWholeAsync(string tenant, string generation, CancellationToken cancellationToken) =>
        Database.KeyExistsAsync(Whole(tenant, generation)).WaitAsync(cancellationToken);

    public Task<bool> HasShareAsync(string tenant, string generation, string documentId, CancellationToken cancellationToken) =>
        Database.HashExistsAsync(Shares(tenant, generation), documentId).WaitAsync(cancellationToken);

    /// <summary>Replaces the document's share in the counts; null removes it.</summary>
    public Task ReplaceAsync(string tenant, string generation, string documentId, DocumentTerms? terms, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, generation, documentId, _ => terms, cancellationToken);

    /// <summary>Moves the document's share to another access list; false when the document is not counted yet.</summary>
    public Task<bool> ChangeAccessAsync(
        string tenant, string generation, string documentId, IReadOnlyList<string> access, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, generation, documentId, counted => counted?.ReadableBy(access), cancellationToken);

    /// <summary>Adds words of documents, for spelling corrections.</summary>
    public Task AddWordsAsync(string tenant, string generation, IReadOnlyCollection<string> words, CancellationToken cancellationToken) =>
        words.Count == 0
            ? Task.CompletedTask
            : Database.SortedSetAddAsync(Words(tenant, generation), [.. words.SelectMany(word => BucketsOf(word, word.Length).Select(bucket => new SortedSetEntry(bucket + word, 0)))]).WaitAsync(cancellationToken);

    /// <summary>The tenant's words with one of these lengths that have the first or the last letter of <paramref name="word"/>.</summary>
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
    /// The access lists with any of these entries, at most <see cref="MostLists"/>, with the number of chunks under each; null when
    /// not every document is counted.
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

    /// <summary>For each term, the number of chunks under these access lists that have it, in the order of <paramref name="places"/>.</summary>
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

    /// <summary>Replaces the document's share with the result of <paramref name="change"/>; false when there is none before and after.</summary>
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

    /// <summary>
    /// Prefixes of a stored word: one with its first letter, one with its last, each with its length, so that similar words are
    /// adjacent.
    /// </summary>
    private static string[] BucketsOf(string word, int length) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"first {word[0]}{length:00}"),
        string.Create(CultureInfo.InvariantCulture, $"last {word[^1]}{length:00}"),
    ];

    private static RedisKey Whole(string tenant, string generation) => Key(tenant, generation, "whole");

    private static RedisKey Shares(string tenant, string generation) => Key(tenant, generation, "documents");

    /// <summary>Key of the set with the names of all other keys by entry or access list.</summary>
    private static RedisKey Used(string tenant, string generation) => Key(tenant, generation, "used");

    private static RedisKey Words(string tenant, string generation) => Key(tenant, generation, "words");

    /// <summary>
    /// A key; the braces keep all keys of a generation on one node of a Redis cluster. Another layout of the statistics needs
    /// another first word.
    /// </summary>
    private static RedisKey Key(string tenant, string generation, string name) => $"{{readable-terms:{tenant}:{generation}}}:{name}";
}
