using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace RagApp.Gateway.Reference;

/// <summary>Examples of request bodies, and the parts of an upload, which the framework cannot see since its body is passed through unread.</summary>
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
            case "answer":
                SetExample(operation, """{ "question": "How many days of leave do I have?", "stream": false }""");
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
                        ["path"] = Text("Path to know the document by; the file's name when left out. The same path again is a new version."),
                        ["access"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Array,
                            Items = Text("'public' (everyone of the tenant), 'user:NAME' or 'group:NAME'."),
                            Description = "Who may read it, one part per entry; only the uploader when there is none.",
                        },
                        ["tags"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Array,
                            Items = Text("A word or two, at most 64 characters, without commas."),
                            Description = "What it can be found by besides its text, one part per tag or several between commas; at most 50.",
                        },
                        ["source"] = Text("Where it came from, such as 'confluence'; 'upload' when left out."),
                        ["priority"] = Text("'bulk' when nobody waits for this one; 'interactive' when left out."),
                        ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The document." },
                    },
                },
            },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
