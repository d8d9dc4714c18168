using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Reference;

/// <summary>What the parameters of lists of documents mean and may be: the framework sees no more than their names.</summary>
internal sealed class ListParameters : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, (string Description, IEnumerable<string> Values)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tag"] = ("One of the document's tags.", []),
        ["type"] = ("Its kind of file.", DocumentTypes.All),
        ["source"] = ("Where it came from.", []),
        ["title"] = ("Part of its title, in upper or lower case.", []),
        ["path"] = ("Part of its path, in upper or lower case.", []),
        ["name"] = ("Part of its title or of its path, in upper or lower case.", []),
        ["status"] = ("Its state; given several times, one of them.", Enum.GetValues<DocumentStatus>().Select(status => status.ToString().ToLowerInvariant())),
        ["sort"] = ("What the list is sorted by; name, which is the path, when left out.", [DocumentListFilter.ByName, DocumentListFilter.ByDate, DocumentListFilter.BySize]),
        ["order"] = ("Ascending when left out.", [DocumentListFilter.Ascending, DocumentListFilter.Descending]),
        ["after"] = ("The next of the page before, under the same sort and order.", []),
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
