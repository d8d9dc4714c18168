using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using RagApp.Storage.Blobs;

namespace RagApp.Query.Search;

/// <summary>
/// An index whose server does not answer, or refuses to since it cannot be sure of what it has, is a 503: nothing is
/// shown rather than something out of date.
/// </summary>
internal sealed class IndexExceptionHandler(IProblemDetailsService problems, ILogger<IndexExceptionHandler> logger) : IExceptionHandler
{
    private const int RetryAfterSeconds = 5;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not StoreUnavailableException { IsRefusal: false })
            return false;

        logger.IndexUnavailable(exception);
        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var problem = new ProblemDetails
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Detail = "The index does not answer at the moment. Try again in a moment.",
            Extensions = { ["retryAfter"] = RetryAfterSeconds },
        };
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }
}
