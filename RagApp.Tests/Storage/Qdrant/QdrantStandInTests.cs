using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>The stand-in answers the recorded calls, in their order, as the real server did.</summary>
public sealed class QdrantStandInTests
{
    /// <summary>Fields that vary from run to run or that the server chooses; they are not compared.</summary>
    private static readonly HashSet<string> Incidental =
        ["time", "operationId", "version", "creationTime", "size", "checksum", "name", "peerId", "commit"];

    [Fact]
    public async Task Calls_Recorded_AreAnsweredAlike()
    {
        await using var server = await QdrantStandIn.StartAsync(Cancellation);
        (server.Key, server.ReadOnlyKey) = ("the-key", "the-other");
        using var channel = GrpcChannel.ForAddress(server.Address);
        var invoker = channel.CreateCallInvoker();

        foreach (var exchange in GrpcExchange.All)
        {
            server.Fault = _ => exchange.What is "deadline" ? QdrantFault.Silence : QdrantFault.None;
            if (exchange.Status is StatusCode.OK)
            {
                Compare(exchange.Response, await exchange.CallAsync(invoker, OptionsOf(exchange)), exchange.What);
                continue;
            }
            var refusal = await Should.ThrowAsync<RpcException>(exchange.CallAsync(invoker, OptionsOf(exchange)));
            (refusal.StatusCode, refusal.Status.Detail).ShouldBe((exchange.Status, exchange.Detail), exchange.What);
        }
        GrpcExchange.All.Count.ShouldBe(39);
    }

    private static CallOptions OptionsOf(GrpcExchange exchange)
    {
        var headers = new Metadata();
        if (exchange.What is not ("health" or "no key"))
            headers.Add("api-key", exchange.What is "wrong key" ? "guessed" : "the-key");
        var deadline = exchange.What is "deadline" ? TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(100) : (DateTime?)null;
        return new CallOptions(headers, deadline, Cancellation);
    }

    private static void Compare(JsonNode? recorded, JsonNode? answered, string place)
    {
        switch (recorded, answered)
        {
            case (JsonObject expected, JsonObject found):
                // Fields of the recorded answer that the stand-in does not implement are not compared.
                found.Select(field => field.Key).Except(expected.Select(field => field.Key)).ShouldBeEmpty(place);
                foreach (var (name, value) in found.Where(field => !Incidental.Contains(field.Key)))
                    Compare(expected[name], value, $"{place}/{name}");
                break;
            case (JsonArray expected, JsonArray found) when expected is [JsonObject first, ..] && first.ContainsKey("score"):
                CompareHits(expected, found, place);
                break;
            case (JsonArray expected, JsonArray found):
                found.Count.ShouldBe(expected.Count, place);
                foreach (var (index, pair) in expected.Zip(found).Index())
                    Compare(pair.First, pair.Second, $"{place}/{index}");
                break;
            case (JsonValue expected, JsonValue found) when expected.GetValueKind() is System.Text.Json.JsonValueKind.Number:
                found.GetValue<double>().ShouldBe(expected.GetValue<double>(), 1e-5, place);
                break;
            default:
                // The recorded count is an estimate, whereas the stand-in always counts exactly.
                (place is "count estimate/result/count" || JsonNode.DeepEquals(recorded, answered)).ShouldBeTrue($"{place}: {recorded?.ToJsonString()} was recorded, {answered?.ToJsonString()} answered");
                break;
        }
    }

    /// <summary>
    /// Compares lists of hits. Hits with equal scores may come in any order, and any of those with the lowest score may be
    /// missing.
    /// </summary>
    private static void CompareHits(JsonArray expected, JsonArray found, string place)
    {
        found.Select(hit => (double)hit!["score"]!).ShouldBe(expected.Select(hit => (double)hit!["score"]!), 1e-5, place);
        foreach (var hit in expected.GroupBy(hit => (double)hit!["score"]!).Where(alike => alike.Count() == 1).Select(alike => alike.Single()!))
            Compare(hit, found[expected.IndexOf(hit)], $"{place}/{hit["id"]}");
    }
}
