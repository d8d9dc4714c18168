using System.Text.Json;
using System.Text.Json.Nodes;

namespace RagApp.Tests.Gateway.Hostile;

/// <summary>Generates invalid and hostile variants of a valid JSON body.</summary>
internal static class HostileJson
{
    private const string Mark = "@@here@@";

    /// <summary>JSON texts that replace each value of the body in turn.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e308", "99999999999999999999", "\"\"", "\"  \"", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"a\":null}",
        """ "\u0000\u2028'\"<>\\ ../..%00 🦆" """, """ "\ud83d" """, "\"NaN\"", "\"keyword, semantic\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"",
        $"\"{new string('x', 20_000)}\"", $"[{Many("null")}]", $"[{Many("\"x\"")}]", $"[{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"v{i}\""))}]",
        $"{new string('[', 200)}{new string(']', 200)}",
    ];

    /// <summary>Bodies that are not JSON, too deeply nested, or too large.</summary>
    public static readonly string[] Broken =
    [
        "", " ", "{", "}", "[", "nul", "{\"a\":1,}", "\u0000", "{'a':1}", "\uFEFF{}", new string('[', 10_000), new string('{', 10_000),
        string.Concat(Enumerable.Repeat("{\"a\":", 5_000)), $"\"{new string('x', 250_000)}\"", $"\"{new string('x', 300_000)}\"",
    ];

    /// <summary>
    /// Variants of the body in which one value is replaced, removed, duplicated or repeated many times, or in which text
    /// follows the body.
    /// </summary>
    public static IEnumerable<string> Of(JsonNode body)
    {
        foreach (var path in PathsOf(body, []))
        {
            foreach (var value in Values)
                yield return With(body, path, value);
            if (At(body, path) is JsonObject { Count: > 0 } fields)
            {
                yield return With(body, path, Twice(fields));
                foreach (var name in fields.Select(field => field.Key))
                    yield return With(body, path, Without(fields, name));
            }
            if (At(body, path) is JsonArray { Count: > 0 } members)
            {
                yield return With(body, path, $"[{members[0]!.ToJsonString()},null]");
                yield return With(body, path, $"[{Many(members[0]!.ToJsonString())}]");
            }
        }
        foreach (var tail in (string[])["x", "{}", "]", "\u0000", ","])
            yield return body.ToJsonString() + tail;
    }

    private static string Many(string member) => string.Join(',', Enumerable.Repeat(member, 10_000));

    private static IEnumerable<object[]> PathsOf(JsonNode? node, object[] path) =>
    [
        path,
        .. node switch
        {
            JsonObject fields => fields.SelectMany(field => PathsOf(field.Value, [.. path, field.Key])),
            JsonArray members => members.SelectMany((member, at) => PathsOf(member, [.. path, at])),
            _ => [],
        },
    ];

    private static JsonNode? At(JsonNode body, object[] path) =>
        path.Aggregate((JsonNode?)body, (node, step) => step is int at ? node![at] : node![(string)step]);

    private static string With(JsonNode body, object[] path, string json)
    {
        if (path.Length == 0)
            return json;
        var copy = body.DeepClone();
        var parent = At(copy, path[..^1])!;
        if (path[^1] is int at)
            parent[at] = Mark;
        else
            parent[(string)path[^1]] = Mark;
        return copy.ToJsonString().Replace($"\"{Mark}\"", json, StringComparison.Ordinal);
    }

    private static string Twice(JsonObject fields)
    {
        var first = fields.First();
        return $"{{{JsonSerializer.Serialize(first.Key)}:{first.Value?.ToJsonString() ?? "null"},{fields.ToJsonString()[1..]}";
    }

    private static string Without(JsonObject fields, string name)
    {
        var copy = fields.DeepClone().AsObject();
        copy.Remove(name);
        return copy.ToJsonString();
    }
}
