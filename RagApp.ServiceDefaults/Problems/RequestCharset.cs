using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RagApp.ServiceDefaults.Problems;

internal static class RequestCharset
{
    /// <summary>Refuses a body in an unknown charset (415); the framework would report an error of the server.</summary>
    public static void UseKnownCharsets(this WebApplication app) => app.Use((context, next) =>
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.Charset.HasValue || type.Encoding is not null)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    });
}
