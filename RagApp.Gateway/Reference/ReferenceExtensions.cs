using Scalar.AspNetCore;

namespace RagApp.Gateway.Reference;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and the page that shows it at <c>/reference</c>.</summary>
internal static class ReferenceExtensions
{
    public static IServiceCollection AddReference(this IServiceCollection services) =>
        services.AddOpenApi("v1", options => options
            .AddDocumentTransformer<DocumentDescription>()
            .AddOperationTransformer<OperationExamples>());

    public static void MapReference(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/reference", options => options.WithTitle("RagApp API")).AllowAnonymous();
    }
}
