using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Ingestion.Feed;

/// <summary><c>/documents/events</c>: changes of documents as they happen, as Server-Sent Events.</summary>
internal static class FeedApi
{
    private const int RetryAfterSeconds = 30;

    public static RouteHandlerBuilder MapDocumentFeed(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/documents/events", Follow).RequireAuthorization();

    private static IResult Follow(
        CallerPrincipal caller, DocumentFeeds feeds, IOptions<FeedOptions> options, TimeProvider time, HttpResponse response)
    {
        if (feeds.Open(caller.Principal) is { } subscription)
            return new FeedResult(subscription, options.Value, time);
        response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            $"You follow the documents {options.Value.MaxPerPrincipal} times already. Close one of them, or ask for the documents from time to time instead.",
            statusCode: StatusCodes.Status429TooManyRequests);
    }
}
