using System.Text.Json;
using System.Text.Json.Nodes;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>What a collection in strict mode refuses, in the server's words.</summary>
internal sealed class StandInStrictMode(JsonNode? settings, JsonObject indexes)
{
    private bool Enabled => (bool?)settings?["enabled"] ?? false;

    public void CheckLimit(int limit, string name) => CheckNumber("max_query_limit", limit, name);

    public void CheckUpsert(int points) => CheckNumber("upsert_max_batchsize", points, "upsert limit");

    public void CheckSearches(int searches) => CheckNumber("search_max_batchsize", searches, "search batch size");

    public void CheckFilter(JsonNode? filter, bool isUpdate)
    {
        if (!Enabled)
            return;
        var conditions = StandInFilter.Conditions(filter).ToList();
        if ((int?)settings!["filter_max_conditions"] is { } most && conditions.Count > most)
            throw new QdrantRefusal(400, $"Bad request: Filter condition limit reached ({conditions.Count} > {most}). Help: Reduce the number of conditions in your filter.");
        foreach (var condition in conditions)
        {
            if ((int?)settings["condition_max_size"] is { } largest && condition["match"]?["any"] is JsonArray any && any.Count > largest)
                throw new QdrantRefusal(400, $"Bad request: Condition size limit reached ({any.Count} > {largest}). Help: Reduce the size of your condition.");
            CheckIndex(condition, isUpdate);
        }
    }

    private void CheckIndex(JsonNode condition, bool isUpdate)
    {
        if ((bool?)settings![isUpdate ? "unindexed_filtering_update" : "unindexed_filtering_retrieve"] is not false)
            return;
        var (key, types) = ((string)condition["key"]!, TypesFor(condition));
        if (types.Contains((string?)indexes[key]?["data_type"]))
            return;
        throw new QdrantRefusal(400, $"Bad request: Index required but not found for \"{key}\" of one of the following types: [{string.Join(", ", types)}]. Help: Create an index for this key or use a different filter.");
    }

    private static string[] TypesFor(JsonNode condition)
    {
        var range = condition["range"];
        if (range is not null)
            return (range["gte"] ?? range["lt"] ?? range["gt"] ?? range["lte"])?.GetValueKind() is JsonValueKind.String ? ["datetime"] : ["integer", "float"];
        var value = condition["match"]?["value"] ?? (condition["match"]?["any"] as JsonArray)?.FirstOrDefault();
        return value?.GetValueKind() switch
        {
            JsonValueKind.Number => ["integer"],
            JsonValueKind.True or JsonValueKind.False => ["bool"],
            _ => ["keyword"],
        };
    }

    private void CheckNumber(string setting, int found, string name)
    {
        if (Enabled && (int?)settings![setting] is { } limit && found > limit)
            throw QdrantRefusal.OverLimit(found, limit, name);
    }
}
