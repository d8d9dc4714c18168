using System.Net;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Http;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Ingestion.Feed;

/// <summary><c>/documents/events</c>: changes of documents as they happen, as Server-Sent Events.</summary>
internal static class FeedApi
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    public static RouteHandlerBuilder MapDocumentFeed(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/documents/events", Follow).RequireAuthorization();

    private static FeedResult Follow(CallerPrincipal caller, DocumentFeeds feeds, IOptions<FeedOptions> options, TimeProvider time) =>
        new(feeds.Open(caller.Principal) ?? throw TooMany(options.Value.MaxPerPrincipal), options.Value, time);

    private static ProblemException TooMany(int most) => new(
        HttpStatusCode.TooManyRequests,
        $"You follow the documents {most} times already. Close one of them, or ask for the documents from time to time instead.")
    {
        RetryAfter = RetryAfter,
    };
}
