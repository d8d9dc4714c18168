using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>Evaluates filters as the server does: an empty filter matches every point.</summary>
internal static class StandInFilter
{
    public static bool Holds(Filter? filter, StandInPoint point) =>
        filter is null
        || (filter.Must.All(condition => Holds(condition, point))
            && (filter.Should.Count == 0 || filter.Should.Any(condition => Holds(condition, point)))
            && !filter.MustNot.Any(condition => Holds(condition, point)));

    /// <summary>All field conditions of a filter, including nested ones.</summary>
    public static IEnumerable<FieldCondition> Conditions(Filter? filter) =>
        filter is null ? [] : filter.Must.Concat(filter.Should).Concat(filter.MustNot).SelectMany(condition => condition.ConditionOneOfCase switch
        {
            Condition.ConditionOneOfOneofCase.Field => [condition.Field],
            Condition.ConditionOneOfOneofCase.Filter => Conditions(condition.Filter),
            _ => Enumerable.Empty<FieldCondition>(),
        });

    /// <summary>Values of a field; a list gives its elements.</summary>
    public static IEnumerable<Value> ValuesOf(StandInPoint point, string field) =>
        !point.Payload.TryGetValue(field, out var value) ? []
        : value.KindCase is Value.KindOneofCase.ListValue ? value.ListValue.Values
        : [value];

    private static bool Holds(Condition condition, StandInPoint point) => condition.ConditionOneOfCase switch
    {
        Condition.ConditionOneOfOneofCase.HasId => condition.HasId.HasId.Any(id => StandInPoint.KeyOf(id) == point.Key),
        Condition.ConditionOneOfOneofCase.Filter => Holds(condition.Filter, point),
        Condition.ConditionOneOfOneofCase.IsEmpty => !ValuesOf(point, condition.IsEmpty.Key).Any(value => value.KindCase is not Value.KindOneofCase.NullValue),
        Condition.ConditionOneOfOneofCase.Field => ValuesOf(point, condition.Field.Key).Any(value => Holds(condition.Field, value)),
        var other => throw new NotSupportedException($"The stand-in does not filter by {other}."),
    };

    private static bool Holds(FieldCondition field, Value value) =>
        field.Match is not null ? Holds(field.Match, value)
        : field.Range is not null ? Holds(field.Range, value)
        : field.DatetimeRange is not null ? Holds(field.DatetimeRange, value)
        : throw QdrantRefusal.BadRequest("Malformed FieldCondition");

    private static bool Holds(Match match, Value value) => match.MatchValueCase switch
    {
        Match.MatchValueOneofCase.Keyword => IsText(value) && match.Keyword == value.StringValue,
        Match.MatchValueOneofCase.Keywords => IsText(value) && match.Keywords.Strings.Contains(value.StringValue),
        Match.MatchValueOneofCase.ExceptKeywords => !IsText(value) || !match.ExceptKeywords.Strings.Contains(value.StringValue),
        Match.MatchValueOneofCase.Integer => IsInteger(value) && match.Integer == value.IntegerValue,
        Match.MatchValueOneofCase.Integers => IsInteger(value) && match.Integers.Integers.Contains(value.IntegerValue),
        Match.MatchValueOneofCase.ExceptIntegers => !IsInteger(value) || !match.ExceptIntegers.Integers.Contains(value.IntegerValue),
        Match.MatchValueOneofCase.Boolean => value.KindCase is Value.KindOneofCase.BoolValue && match.Boolean == value.BoolValue,
        var other => throw new NotSupportedException($"The stand-in does not match by {other}."),
    };

    private static bool Holds(global::Qdrant.Client.Grpc.Range range, Value value) =>
        (IsInteger(value) || value.KindCase is Value.KindOneofCase.DoubleValue)
        && (IsInteger(value) ? value.IntegerValue : value.DoubleValue) is var number
        && (!range.HasGte || number >= range.Gte) && (!range.HasGt || number > range.Gt)
        && (!range.HasLte || number <= range.Lte) && (!range.HasLt || number < range.Lt);

    private static bool Holds(DatetimeRange range, Value value) =>
        IsText(value)
        && DateTimeOffset.TryParse(value.StringValue, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var date)
        && (range.Gte is null || date >= range.Gte.ToDateTimeOffset()) && (range.Gt is null || date > range.Gt.ToDateTimeOffset())
        && (range.Lte is null || date <= range.Lte.ToDateTimeOffset()) && (range.Lt is null || date < range.Lt.ToDateTimeOffset());

    private static bool IsText(Value value) => value.KindCase is Value.KindOneofCase.StringValue;

    private static bool IsInteger(Value value) => value.KindCase is Value.KindOneofCase.IntegerValue;
}
