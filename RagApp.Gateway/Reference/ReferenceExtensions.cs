using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace RagApp.Gateway.Reference;

/// <summary>Serves the OpenAPI document at <c>/openapi/v1.json</c> and its page at <c>/reference</c>.</summary>
internal static class ReferenceExtensions
{
    public static IServiceCollection AddReference(this IServiceCollection services) =>
        services.AddOpenApi("v1", options => options
            .AddDocumentTransformer<DocumentDescription>()
            .AddOperationTransformer<OperationExamples>()
            .AddOperationTransformer<ListParameters>());

    public static void MapReference(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/reference", Configure).AllowAnonymous();
    }

    /// <summary>
    /// Serves the whole page from here, without fonts, telemetry or assistants of third parties. Its inline styles need a
    /// policy of their own.
    /// </summary>
    private static void Configure(ScalarOptions options, HttpContext context)
    {
        var nonce = RandomNumberGenerator.GetHexString(32);
        options.WithTitle("RagApp API").WithNonce(nonce).DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp();
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }
}
