using System.Text.Json.Nodes;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>One condition on a point; the factories are the only way to make one, and none of them holds for every point.</summary>
internal sealed record QdrantCondition
{
    /// <summary>Values that the server takes in one <c>any</c>; more are split into several.</summary>
    public const int LargestAny = 1_000;

    private QdrantCondition()
    {
    }

    public string? Key { get; private init; }
    public QdrantMatch? Match { get; private init; }
    public QdrantRange? Range { get; private init; }
    public IReadOnlyList<Guid>? HasId { get; private init; }
    public IReadOnlyList<QdrantCondition>? Should { get; private init; }
    public IReadOnlyList<QdrantCondition>? MustNot { get; private init; }

    public static QdrantCondition Is(string key, string value) => new() { Key = key, Match = new QdrantMatch { Value = JsonValue.Create(value) } };

    public static QdrantCondition Is(string key, long value) => new() { Key = key, Match = new QdrantMatch { Value = JsonValue.Create(value) } };

    public static QdrantCondition Is(string key, bool value) => new() { Key = key, Match = new QdrantMatch { Value = JsonValue.Create(value) } };

    /// <summary>Any of these values; of none, it holds for no point.</summary>
    public static QdrantCondition AnyOf(string key, IEnumerable<string> values)
    {
        string[][] parts = [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(LargestAny)];
        return parts switch
        {
            [] => OneOf(key, []),
            [var all] => OneOf(key, all),
            _ => new QdrantCondition { Should = [.. parts.Select(part => OneOf(key, part))] },
        };
    }

    /// <summary>A date at or after <paramref name="from"/> and before <paramref name="before"/>; points without one are out.</summary>
    /// <exception cref="ArgumentException">Neither end is given.</exception>
    public static QdrantCondition Between(string key, DateTimeOffset? from, DateTimeOffset? before) =>
        from is null && before is null
            ? throw new ArgumentException("A range needs an end.", nameof(from))
            : new QdrantCondition { Key = key, Range = new QdrantRange { Gte = from?.ToUniversalTime(), Lt = before?.ToUniversalTime() } };

    /// <summary>One of these points; of none, it holds for no point.</summary>
    public static QdrantCondition IsPoint(IReadOnlyList<Guid> ids) => new() { HasId = ids };

    public static QdrantCondition Not(QdrantCondition condition) => new() { MustNot = [condition] };

    private static QdrantCondition OneOf(string key, string[] values) => new() { Key = key, Match = new QdrantMatch { Any = values } };
}

internal sealed record QdrantMatch
{
    public JsonValue? Value { get; init; }
    public IReadOnlyList<string>? Any { get; init; }
}

internal sealed record QdrantRange
{
    public DateTimeOffset? Gte { get; init; }
    public DateTimeOffset? Lt { get; init; }
}
