using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using RagApp.Tests.TestServices.Qdrant;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>The stand-in answers the recorded requests, one after another, as the real server did.</summary>
public sealed class QdrantStandInTests
{
    /// <summary>Of the moment, or of the server's own making.</summary>
    private static readonly HashSet<string> Incidental =
        ["time", "operation_id", "version", "score", "creation_time", "size", "checksum", "name", "commit", "title"];

    private readonly Dictionary<string, string> _ours = new(StringComparer.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_Recorded_AreAnsweredAlike()
    {
        await using var server = await QdrantStandIn.StartAsync(Cancellation);
        (server.Key, server.ReadOnlyKey) = ("the-key", "the-other");
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };

        var replayed = 0;
        foreach (var exchange in Exchange.All.TakeWhile(exchange => exchange.Title != "a collection with only a sparse vector"))
        {
            if (exchange.Title is "server-side RRF (for comparison)") // never asked for
                continue;
            using var request = ToRequest(exchange, await SnapshotAsync(http, exchange));
            if (exchange.Status == 0)
            {
                await Should.ThrowAsync<HttpRequestException>(http.SendAsync(request, Cancellation));
                continue;
            }
            using var response = await http.SendAsync(request, Cancellation);
            ((int)response.StatusCode).ShouldBe(exchange.Status, exchange.Title);
            await CompareAsync(exchange, response);
            replayed++;
        }
        replayed.ShouldBeGreaterThan(60);
    }

    private HttpRequestMessage ToRequest(Exchange exchange, byte[]? snapshot)
    {
        var request = new HttpRequestMessage(new HttpMethod(exchange.Method), exchange.Path);
        if (snapshot is not null)
            request.Content = new MultipartFormDataContent { { new ByteArrayContent(snapshot), "snapshot", "a.snapshot" } };
        else if (exchange.Title is "body over 32 MB")
            request.Content = new ByteArrayContent(new byte[33 << 20]);
        else if (exchange.Title is "malformed JSON")
            request.Content = new StringContent("""{"points": [""");
        else if (exchange.Request is not null)
            request.Content = new StringContent(Ours(Exchange.Whole(exchange.Request)!.ToJsonString()).Replace("\"NaN\"", "NaN", StringComparison.Ordinal), Encoding.UTF8, "application/json");

        if (exchange.Title.Contains("read-only", StringComparison.Ordinal))
            request.Headers.Add("api-key", "the-other");
        else if (exchange.Title is "key as bearer token")
            request.Headers.Add("Authorization", "Bearer the-key");
        else if (!exchange.Title.Contains("without a key", StringComparison.Ordinal))
            request.Headers.Add("api-key", exchange.Title is "wrong key" ? "guessed" : "the-key");
        return request;
    }

    private async Task<byte[]?> SnapshotAsync(HttpClient http, Exchange exchange)
    {
        if (exchange.Title is not "recover by upload")
            return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, Ours("collections/chunks_v1/snapshots/chunks_v1-8497422719191872-2026-11-22-20-45-51.snapshot"));
        request.Headers.Add("api-key", "the-key");
        using var response = await http.SendAsync(request, Cancellation);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancellation);
    }

    /// <summary>Names and checksums of our snapshots in the place of the recorded ones.</summary>
    private string Ours(string text) => _ours.Aggregate(text, (current, pair) => current.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    private async Task CompareAsync(Exchange exchange, HttpResponseMessage response)
    {
        if (exchange.ContentType is not "application/json")
        {
            (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe((string?)exchange.Response, exchange.Title);
            return;
        }
        var answer = (await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
        if (exchange.Title is "snapshot create")
        {
            foreach (var part in new[] { "name", "checksum" })
                _ours[(string)exchange.Response!["result"]![part]!] = (string)answer["result"]![part]!;
        }
        Compare(exchange.Response!, answer, exchange.Title);
    }

    private static void Compare(JsonNode? recorded, JsonNode? answered, string place)
    {
        switch (recorded, answered)
        {
            case (JsonObject expected, JsonObject found):
                // What the recorded answer says of matters that the stand-in does not have is not compared.
                found.Select(field => field.Key).Except(expected.Select(field => field.Key)).ShouldBeEmpty(place);
                foreach (var (name, value) in found.Where(field => !Incidental.Contains(field.Key)))
                    Compare(expected[name], value, $"{place}/{name}");
                break;
            case (JsonArray expected, JsonArray found) when place.EndsWith("/points", StringComparison.Ordinal):
                ComparePoints(expected, found, place);
                break;
            case (JsonArray expected, JsonArray found):
                found.Count.ShouldBe(expected.Count, place);
                foreach (var (index, pair) in expected.Zip(found).Index())
                    Compare(pair.First, pair.Second, $"{place}/{index}");
                break;
            case (JsonValue, JsonValue) when place.EndsWith("/error", StringComparison.Ordinal):
                Essence((string)answered!).ShouldBe(Essence((string)recorded!), place);
                break;
            default:
                JsonNode.DeepEquals(recorded, answered).ShouldBeTrue($"{place}: {recorded?.ToJsonString()} was recorded, {answered?.ToJsonString()} answered");
                break;
        }
    }

    /// <summary>
    /// The vectors were recorded cut short, and keywords with each shard's own IDF: after a perfect match order and
    /// scores differ. Scrolling has its order.
    /// </summary>
    private static void ComparePoints(JsonArray expected, JsonArray found, string place)
    {
        found.Count.ShouldBe(expected.Count, place);
        if (expected.Count == 0)
            return;
        var score = (double?)expected[0]!["score"];
        if (score is null or > 0.99)
            Id(found[0]).ShouldBe(Id(expected[0]), place);
        if (score is null || expected.Count > 2)
            found.Select(Id).ShouldBe(expected.Select(Id), ignoreOrder: score is not null, place);
        Compare(expected[0], found.Single(point => Id(point) == Id(expected[0])), place + "/first");
    }

    private static string? Id(JsonNode? point) => (string?)point!["id"];

    /// <summary>Where exactly JSON was malformed, and what our checksum is, the stand-in says in its own way.</summary>
    private static string Essence(string error) =>
        error.StartsWith("Format error in JSON body", StringComparison.Ordinal) ? "Format error in JSON body" : error.Split(", got ")[0];
}
