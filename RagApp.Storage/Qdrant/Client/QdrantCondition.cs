using Google.Protobuf.WellKnownTypes;
using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>The conditions that filters are made of; none of them holds for every point.</summary>
internal static class QdrantCondition
{
    /// <summary>Values that the server takes in one <c>any</c>; more are split into several.</summary>
    public const int LargestAny = 1_000;

    public static Condition Is(string key, string value) => Conditions.MatchKeyword(key, value);

    public static Condition Is(string key, long value) => Conditions.Match(key, value);

    public static Condition Is(string key, bool value) => Conditions.Match(key, value);

    /// <summary>Any of these values; of none, it holds for no point.</summary>
    public static Condition AnyOf(string key, IEnumerable<string> values)
    {
        string[][] parts = [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(LargestAny)];
        return parts switch
        {
            [] => Conditions.Match(key, Array.Empty<string>()),
            [var all] => Conditions.Match(key, all),
            _ => EitherOf([.. parts.Select(part => Conditions.Match(key, part))]),
        };
    }

    /// <summary>A date at or after <paramref name="from"/> and before <paramref name="before"/>; points without one are out.</summary>
    /// <exception cref="ArgumentException">Neither end is given.</exception>
    public static Condition Between(string key, DateTimeOffset? from, DateTimeOffset? before)
    {
        if (from is null && before is null)
            throw new ArgumentException("A range needs an end.", nameof(from));
        var range = new DatetimeRange { Gte = from is { } begin ? Timestamp.FromDateTimeOffset(begin) : null, Lt = before is { } end ? Timestamp.FromDateTimeOffset(end) : null };
        return new Condition { Field = new FieldCondition { Key = key, DatetimeRange = range } };
    }

    /// <summary>A number of at least this.</summary>
    public static Condition AtLeast(string key, long least) => Conditions.Range(key, new global::Qdrant.Client.Grpc.Range { Gte = least });

    /// <summary>One of these points; of none, it holds for no point.</summary>
    public static Condition IsPoint(IReadOnlyList<Guid> ids) => Conditions.HasId(ids);

    public static Condition Not(Condition condition) => new() { Filter = new Filter { MustNot = { condition } } };

    /// <exception cref="ArgumentException">There is none: it would hold for every point.</exception>
    public static Condition AllOf(params Condition[] conditions) => conditions.Length == 0
        ? throw new ArgumentException("A condition of nothing holds for everything.", nameof(conditions))
        : new Condition { Filter = new Filter { Must = { conditions } } };

    /// <exception cref="ArgumentException">There is none: it would hold for every point.</exception>
    public static Condition EitherOf(params Condition[] conditions) => conditions.Length == 0
        ? throw new ArgumentException("A condition of nothing holds for everything.", nameof(conditions))
        : new Condition { Filter = new Filter { Should = { conditions } } };
}
