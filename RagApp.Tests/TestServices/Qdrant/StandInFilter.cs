using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>Filters as the server understands them: an empty one holds for every point.</summary>
internal static class StandInFilter
{
    public static bool Holds(JsonNode? filter, StandInPoint point)
    {
        if (filter is null)
            return true;
        return Clause(filter, "must").All(condition => ConditionHolds(condition, point))
            && (filter["should"] is not JsonArray { Count: > 0 } should || should.Any(condition => ConditionHolds(condition!, point)))
            && !Clause(filter, "must_not").Any(condition => ConditionHolds(condition, point));
    }

    /// <summary>The conditions on fields, nested ones included.</summary>
    public static IEnumerable<JsonNode> Conditions(JsonNode? filter)
    {
        if (filter is null)
            yield break;
        foreach (var condition in new[] { "must", "should", "must_not" }.SelectMany(clause => Clause(filter, clause)))
        {
            if (condition["key"] is not null)
                yield return condition;
            foreach (var nested in Conditions(condition))
                yield return nested;
        }
    }

    private static IEnumerable<JsonNode> Clause(JsonNode filter, string name) => filter[name] switch
    {
        null => [],
        JsonArray conditions => conditions.Select(condition => condition!),
        var single => [single],
    };

    private static bool ConditionHolds(JsonNode condition, StandInPoint point)
    {
        if (condition["has_id"] is JsonArray ids)
            return ids.Any(id => StandInPoint.KeyOf(id) == point.Key);
        if ((string?)condition["key"] is not { } key)
            return Holds(condition, point);
        var values = point.Payload[key] switch
        {
            JsonArray several => several,
            null => Enumerable.Empty<JsonNode?>(),
            var one => [one],
        };
        return values.Any(value => value is not null && ValueHolds(condition, value));
    }

    private static bool ValueHolds(JsonNode condition, JsonNode value)
    {
        if (condition["match"] is { } match)
        {
            return match["any"] is JsonArray any
                ? any.Any(wanted => JsonNode.DeepEquals(wanted, value))
                : JsonNode.DeepEquals(match["value"], value);
        }
        var range = condition["range"] ?? throw QdrantRefusal.Format("data did not match any variant of untagged enum Condition");
        return Compare(range["gte"], value, order => order >= 0) && Compare(range["gt"], value, order => order > 0)
            && Compare(range["lte"], value, order => order <= 0) && Compare(range["lt"], value, order => order < 0);
    }

    private static bool Compare(JsonNode? end, JsonNode value, Func<int, bool> holds)
    {
        if (end is null)
            return true;
        return end.GetValueKind() is JsonValueKind.String
            ? Date(value) is { } date && holds(date.CompareTo(Date(end)!.Value))
            : value.GetValueKind() is JsonValueKind.Number && holds(value.GetValue<double>().CompareTo(end.GetValue<double>()));
    }

    private static DateTimeOffset? Date(JsonNode value) =>
        value.GetValueKind() is JsonValueKind.String
        && DateTimeOffset.TryParse((string?)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
}
