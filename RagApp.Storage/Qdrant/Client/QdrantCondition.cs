using Google.Protobuf.WellKnownTypes;
using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Makes the conditions of filters. None of them matches every point.</summary>
internal static class QdrantCondition
{
    /// <summary>Largest number of values that the server accepts in one <c>any</c> condition; more values are split into several.</summary>
    public const int LargestAny = 1_000;

    public static Condition Is(string key, string value) => Conditions.MatchKeyword(key, value);

    public static Condition Is(string key, long value) => Conditions.Match(key, value);

    public static Condition Is(string key, bool value) => Conditions.Match(key, value);

    /// <summary>Matches points with any of these values; without values it matches no point.</summary>
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

    /// <summary>
    /// Matches points with a date from <paramref name="from"/> until before <paramref name="before"/>; points without a date do
    /// not match.
    /// </summary>
    /// <exception cref="ArgumentException">Neither date is given.</exception>
    public static Condition Between(string key, DateTimeOffset? from, DateTimeOffset? before)
    {
        if (from is null && before is null)
            throw new ArgumentException("A range needs an end.", nameof(from));
        var range = new DatetimeRange { Gte = from is { } begin ? Timestamp.FromDateTimeOffset(begin) : null, Lt = before is { } end ? Timestamp.FromDateTimeOffset(end) : null };
        return new Condition { Field = new FieldCondition { Key = key, DatetimeRange = range } };
    }

    /// <summary>Matches points with at least this number.</summary>
    public static Condition AtLeast(string key, long least) => Conditions.Range(key, new global::Qdrant.Client.Grpc.Range { Gte = least });

    /// <summary>Matches the points with these ids; without ids it matches no point.</summary>
    public static Condition IsPoint(IReadOnlyList<Guid> ids) => Conditions.HasId(ids);

    public static Condition Not(Condition condition) => new() { Filter = new Filter { MustNot = { condition } } };

    /// <exception cref="ArgumentException">There is no condition: it would match every point.</exception>
    public static Condition AllOf(params Condition[] conditions) => conditions.Length == 0
        ? throw new ArgumentException("A condition of nothing holds for everything.", nameof(conditions))
        : new Condition { Filter = new Filter { Must = { conditions } } };

    /// <exception cref="ArgumentException">There is no condition: it would match every point.</exception>
    public static Condition EitherOf(params Condition[] conditions) => conditions.Length == 0
        ? throw new ArgumentException("A condition of nothing holds for everything.", nameof(conditions))
        : new Condition { Filter = new Filter { Should = { conditions } } };
}
