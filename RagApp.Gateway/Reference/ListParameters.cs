using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Reference;

/// <summary>Describes the parameters of document lists and their allowed values; the framework knows only their names.</summary>
internal sealed class ListParameters : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, (string Description, IEnumerable<string> Values)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tag"] = ("One of the document's tags.", []),
        ["type"] = ("Kind of file.", DocumentTypes.All),
        ["source"] = ("Place the document came from.", []),
        ["title"] = ("Part of the title; upper and lower case do not matter.", []),
        ["path"] = ("Part of the path; upper and lower case do not matter.", []),
        ["name"] = ("Part of the title or of the path; upper and lower case do not matter.", []),
        ["status"] = ("State of the document; when given several times, a document matches any of them.", Enum.GetValues<DocumentStatus>().Select(status => status.ToString().ToLowerInvariant())),
        ["sort"] = ("Sort key; 'name', which is the path, when left out.", [DocumentListFilter.ByName, DocumentListFilter.ByDate, DocumentListFilter.BySize]),
        ["order"] = ("Sort order; ascending when left out.", [DocumentListFilter.Ascending, DocumentListFilter.Descending]),
        ["after"] = ("Value 'next' of the page before, with the same sort and order.", []),
        ["limit"] = ("Most documents on a page, 1 to 1,000; 100 when left out.", []),
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.OperationId is not ("listDocuments" or "listDocumentChildren"))
            return Task.CompletedTask;
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter.Name is not { } name || !Known.TryGetValue(name, out var known))
                continue;
            parameter.Name = name.ToLowerInvariant();
            parameter.Description = known.Description;
            if (known.Values.Any() && parameter.Schema is OpenApiSchema schema)
                ((schema.Items as OpenApiSchema) ?? schema).Enum = [.. known.Values.Select(value => (JsonNode)value)];
        }
        return Task.CompletedTask;
    }
}
