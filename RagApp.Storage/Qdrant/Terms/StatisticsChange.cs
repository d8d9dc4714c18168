using System.Globalization;
using StackExchange.Redis;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>Changes of the term statistics when a document's share replaces another: by key, the number to add to each field.</summary>
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

    /// <summary>Arguments for the script: for each key its kind, its number of fields, and each field with its change.</summary>
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

/// <summary>A key in the statistics of a generation.</summary>
/// <param name="IsSorted">True for a sorted set, false for counts by field.</param>
internal readonly record struct StatisticsKey(string Name, bool IsSorted)
{
    /// <summary>Key of the access lists that have an entry, with the number of chunks under each.</summary>
    public static StatisticsKey ListsWith(string entry) => new($"lists:{entry}", IsSorted: true);

    /// <summary>Key of the number of chunks with each term, among the chunks under an access list.</summary>
    public static StatisticsKey TermsUnder(string fingerprint) => new($"terms:{fingerprint}", IsSorted: false);
}

/// <summary>An access list and a language that chunks have.</summary>
internal sealed record ReadableList(string Fingerprint, string Language)
{
    public static ReadableList Read(string text) => text.Split(' ', 2) is [var fingerprint, var language]
        ? new ReadableList(fingerprint, language)
        : throw new FormatException("The statistics hold a list without a language.");

    public override string ToString() => $"{Fingerprint} {Language}";
}
