using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>Requests that a collection in strict mode refuses, with the server's messages.</summary>
internal sealed class StandInStrictMode(StrictModeConfig? settings, IReadOnlyDictionary<string, PayloadSchemaInfo> indexes)
{
    private bool Enabled => settings?.Enabled ?? false;

    public void CheckLimit(ulong limit) => CheckNumber(settings is { HasMaxQueryLimit: true } ? settings.MaxQueryLimit : null, limit, "limit");

    public void CheckUpsert(int points) => CheckNumber(settings is { HasUpsertMaxBatchsize: true } ? settings.UpsertMaxBatchsize : null, (ulong)points, "upsert limit");

    public void CheckSearches(int searches) => CheckNumber(settings is { HasSearchMaxBatchsize: true } ? settings.SearchMaxBatchsize : null, (ulong)searches, "search batch size");

    public void CheckFilter(Filter? filter, bool isUpdate)
    {
        if (!Enabled)
            return;
        var conditions = StandInFilter.Conditions(filter).ToList();
        if (settings!.HasFilterMaxConditions && (ulong)conditions.Count > settings.FilterMaxConditions)
            throw QdrantRefusal.BadRequest($"Filter condition limit reached ({conditions.Count} > {settings.FilterMaxConditions}). Help: Reduce the number of conditions in your filter.");
        foreach (var condition in conditions)
        {
            if (settings.HasConditionMaxSize && condition.Match?.Keywords?.Strings.Count is { } size && (ulong)size > settings.ConditionMaxSize)
                throw QdrantRefusal.BadRequest($"Condition size limit reached ({size} > {settings.ConditionMaxSize}). Help: Reduce the size of your condition.");
            CheckIndex(condition, isUpdate);
        }
    }

    private void CheckIndex(FieldCondition condition, bool isUpdate)
    {
        var allowed = isUpdate
            ? !settings!.HasUnindexedFilteringUpdate || settings.UnindexedFilteringUpdate
            : !settings!.HasUnindexedFilteringRetrieve || settings.UnindexedFilteringRetrieve;
        var types = TypesFor(condition);
        if (!allowed && !(indexes.TryGetValue(condition.Key, out var index) && types.Contains(index.DataType)))
            throw QdrantRefusal.NoIndex(condition.Key, [.. types.Select(type => type.ToString().ToLowerInvariant())]);
    }

    private static PayloadSchemaType[] TypesFor(FieldCondition condition) =>
        condition.DatetimeRange is not null ? [PayloadSchemaType.Datetime]
        : condition.Range is not null ? [PayloadSchemaType.Integer, PayloadSchemaType.Float]
        : condition.Match?.MatchValueCase switch
        {
            Match.MatchValueOneofCase.Integer or Match.MatchValueOneofCase.Integers or Match.MatchValueOneofCase.ExceptIntegers => [PayloadSchemaType.Integer],
            Match.MatchValueOneofCase.Boolean => [PayloadSchemaType.Bool],
            _ => [PayloadSchemaType.Keyword],
        };

    private void CheckNumber(ulong? limit, ulong found, string name)
    {
        if (Enabled && found > limit)
            throw QdrantRefusal.OverLimit(found, limit.Value, name);
    }
}
