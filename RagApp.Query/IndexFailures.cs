using System.Net;
using RagApp.Contracts.Http;
using RagApp.Storage.Blobs;

namespace RagApp.Query;

/// <summary>
/// Answers 503 when the index's server does not respond, or when the index refuses because its data may be out of date.
/// Nothing is shown rather than something out of date.
/// </summary>
internal sealed class IndexFailures : IEndpointFilter
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (StoreUnavailableException exception) when (!exception.IsRefusal)
        {
            throw new ProblemException(HttpStatusCode.ServiceUnavailable, "The index does not answer at the moment. Try again in a moment.", exception)
            {
                RetryAfter = RetryAfter,
            };
        }
    }
}
