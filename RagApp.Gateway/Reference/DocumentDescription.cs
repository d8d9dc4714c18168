using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RagApp.Gateway.Authentication;

namespace RagApp.Gateway.Reference;

/// <summary>Sets the OpenAPI document's title, description and both ways to send an API key.</summary>
internal sealed class DocumentDescription : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "RagApp",
            Version = "v1",
            Description = "Ask questions of your documents. Every request needs an API key or a token of the configured issuer; every error is problem details (RFC 9457) with the trace id.",
        };
        document.AddComponent<IOpenApiSecurityScheme>("bearer", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The API key, or a token of the configured issuer, as a bearer token.",
        });
        document.AddComponent<IOpenApiSecurityScheme>("apiKey", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyHandler.HeaderName,
            Description = "The API key in a header of its own.",
        });
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] },
        ];
        return Task.CompletedTask;
    }
}
