using System.Globalization;
using StackExchange.Redis;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>What the statistics change by when one share takes the place of another: by key, each field with what is added to it.</summary>
internal sealed class StatisticsChange
{
    private readonly Dictionary<StatisticsKey, Dictionary<string, int>> _byKey = [];

    private StatisticsChange()
    {
    }

    public IReadOnlyList<StatisticsKey> Keys => [.. _byKey.Keys];

    public static StatisticsChange Of(DocumentTerms? before, DocumentTerms? after)
    {
        var change = new StatisticsChange();
        change.Add(before, sign: -1);
        change.Add(after, sign: 1);
        foreach (var (key, fields) in change._byKey)
        {
            foreach (var unchanged in fields.Where(field => field.Value == 0).ToList())
                fields.Remove(unchanged.Key);
            if (fields.Count == 0)
                change._byKey.Remove(key);
        }
        return change;
    }

    /// <summary>For each key in order: its kind, how many fields, and each field with its change.</summary>
    public IEnumerable<RedisValue> ToArguments()
    {
        foreach (var (key, fields) in _byKey)
        {
            yield return key.IsSorted ? "sorted" : "counts";
            yield return fields.Count;
            foreach (var (field, change) in fields)
            {
                yield return field;
                yield return change;
            }
        }
    }

    private void Add(DocumentTerms? share, int sign)
    {
        if (share is null)
            return;
        var list = new ReadableList(Index.IndexedVersion.FingerprintOf(share.Access), share.Language);
        foreach (var entry in share.Access)
            Add(StatisticsKey.ListsWith(entry), list.ToString(), sign * share.Chunks);
        foreach (var (place, count) in share.ChunksWithTerm)
            Add(StatisticsKey.TermsUnder(list.Fingerprint), place.ToString(CultureInfo.InvariantCulture), sign * count);
    }

    private void Add(StatisticsKey key, string field, int change)
    {
        if (!_byKey.TryGetValue(key, out var fields))
            _byKey.Add(key, fields = new Dictionary<string, int>(StringComparer.Ordinal));
        fields[field] = fields.GetValueOrDefault(field) + change;
    }
}

/// <summary>A key within a generation's statistics.</summary>
/// <param name="IsSorted">Whether it holds a sorted set, or else counts by field.</param>
internal readonly record struct StatisticsKey(string Name, bool IsSorted)
{
    /// <summary>The access lists that have an entry, each by how many chunks are under it.</summary>
    public static StatisticsKey ListsWith(string entry) => new($"lists:{entry}", IsSorted: true);

    /// <summary>How many of the chunks under an access list have each term.</summary>
    public static StatisticsKey TermsUnder(string fingerprint) => new($"terms:{fingerprint}", IsSorted: false);
}

/// <summary>An access list that chunks in a language are under.</summary>
internal sealed record ReadableList(string Fingerprint, string Language)
{
    public static ReadableList Read(string text) => text.Split(' ', 2) is [var fingerprint, var language]
        ? new ReadableList(fingerprint, language)
        : throw new FormatException("The statistics hold a list without a language.");

    public override string ToString() => $"{Fingerprint} {Language}";
}
