using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace RagApp.Gateway.Reference;

/// <summary>
/// Adds examples of request bodies, and the parts of an upload, which the framework cannot know since the body is passed on
/// unread.
/// </summary>
internal sealed class OperationExamples : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        switch (operation.OperationId)
        {
            case "uploadDocument":
                operation.RequestBody = UploadBody();
                break;
            case "lookUpDocuments":
                SetExample(operation, """{ "paths": ["handbook/leave.md", "handbook/travel.pdf"] }""");
                break;
            case "setDocumentAccess":
                SetExample(operation, """{ "access": ["group:staff", "user:alice"] }""");
                break;
            case "setDocumentTags":
                SetExample(operation, """{ "tags": ["handbook", "2024"] }""");
                break;
            case "search":
                SetExample(operation, """{ "query": "How many days of leave do I have?", "top": 5, "mode": "hybrid" }""");
                break;
            case "setGlossary":
                SetExample(operation, """{ "entries": [ { "term": "PTO", "expansions": ["paid time off"] } ] }""");
                break;
            case "createApiKey":
                SetExample(operation, """{ "name": "Night job", "subject": "program:night", "groups": ["staff"], "scopes": ["read"], "expiresInDays": 90 }""");
                break;
            case "endSessions":
                SetExample(operation, """{ "subject": "alice" }""");
                break;
            case "exchangeSignIn":
                SetExample(operation, """{ "code": "SplxlOBeZQQYbYS6WxSbIA", "verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "redirectUri": "https://ragapp.example.org/" }""");
                break;
            case "answer":
                SetExample(operation, """{ "question": "How many days of leave do I have?", "mode": "direct", "stream": false }""");
                break;
        }
        return Task.CompletedTask;
    }

    private static void SetExample(OpenApiOperation operation, string example)
    {
        if (operation.RequestBody?.Content is { } content && content.TryGetValue("application/json", out var json))
            json.Example = JsonNode.Parse(example);
    }

    private static OpenApiRequestBody UploadBody() => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string>(StringComparer.Ordinal) { "file" },
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                    {
                        ["path"] = Text("Path of the document; the file's name when left out. Another upload to the same path is a new version."),
                        ["access"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Array,
                            Items = Text("'public' (everyone of the tenant), 'user:NAME' or 'group:NAME'."),
                            Description = "People and groups who may read the document, one part per entry; only the uploader when left out.",
                        },
                        ["tags"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Array,
                            Items = Text("A word or two, at most 64 characters, without commas."),
                            Description = "Tags of the document, one part per tag or several separated by commas; at most 50.",
                        },
                        ["source"] = Text("Place the document came from, such as 'confluence'; 'upload' when left out."),
                        ["priority"] = Text("Priority: 'bulk' when nobody waits for the document; 'interactive' when left out."),
                        ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The document." },
                    },
                },
            },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
