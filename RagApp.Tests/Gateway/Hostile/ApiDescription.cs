using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RagApp.Tests.Gateway.Hostile;

/// <summary>The OpenAPI document of the running gateway, and a valid request body generated from it for each operation.</summary>
internal sealed class ApiDescription(JsonObject document)
{
    private int _dates;

    public static async Task<ApiDescription> ReadAsync(HttpClient client, CancellationToken cancellationToken) =>
        new((await client.GetFromJsonAsync<JsonObject>("openapi/v1.json", cancellationToken))!);

    public IReadOnlyList<Operation> Operations =>
    [
        .. from path in document["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           select new Operation(method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject()),
    ];

    /// <summary>A body with every field, using the example's values where there are any; null when the operation takes no JSON.</summary>
    public JsonNode? BodyOf(Operation operation)
    {
        if (operation.Content("application/json") is not { } content)
            return null;
        var body = Sample(content["schema"]!.AsObject());
        foreach (var (name, value) in content["example"] as JsonObject ?? [])
            body![name] = value?.DeepClone();
        return body;
    }

    /// <summary>Names of all fields in the operation's body, those of nested objects too.</summary>
    public IReadOnlyList<string> FieldsOf(Operation operation) => [.. FieldsIn(BodyOf(operation)).Distinct()];

    private static IEnumerable<string> FieldsIn(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => FieldsIn(field.Value).Prepend(field.Key)),
        JsonArray members => members.SelectMany(FieldsIn),
        _ => [],
    };

    private JsonNode? Sample(JsonObject schema)
    {
        if (schema["$ref"] is { } reference)
            return Sample(Resolve(reference.GetValue<string>()));
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
            return Sample(choices.Select(choice => choice!.AsObject()).First(choice => choice["type"]?.ToString() != "null"));
        if (schema["enum"] is JsonArray values)
            return values.First(value => value is not null)!.DeepClone();

        var types = schema["type"] is JsonArray several ? several.Select(type => type!.ToString()).ToList() : [schema["type"]?.ToString() ?? "object"];
        return types switch
        {
            _ when types.Contains("array") => new JsonArray(Sample(schema["items"]!.AsObject())),
            _ when types.Contains("object") => new JsonObject((schema["properties"] as JsonObject ?? []).Select(field => KeyValuePair.Create(field.Key, Sample(field.Value!.AsObject())))),
            _ when types.Contains("integer") || types.Contains("number") => 1,
            _ when types.Contains("boolean") => true,
            _ when schema["format"]?.ToString() == "date-time" => $"2026-01-01T00:00:{_dates++ % 60:00}Z",
            _ => "handbook",
        };
    }

    private JsonObject Resolve(string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode)document, (node, step) => node[step]!).AsObject();
}

/// <summary>An operation of the API: one HTTP method on one path.</summary>
internal sealed record Operation(string Method, string Path, JsonObject Description)
{
    public JsonObject? Content(string type) => Description["requestBody"]?["content"]?[type] as JsonObject;

    public IEnumerable<string> Parameters(string place) =>
        (Description["parameters"] as JsonArray ?? []).Where(parameter => parameter!["in"]!.ToString() == place).Select(parameter => parameter!["name"]!.ToString());

    /// <summary>Path of the operation with the id of a document that does not exist.</summary>
    public string Address => At(new string('0', 32));

    public string At(string id) => Path.Replace("{id}", id, StringComparison.Ordinal).TrimStart('/');
}
