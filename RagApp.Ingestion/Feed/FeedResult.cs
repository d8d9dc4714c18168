using Microsoft.AspNetCore.Http.Features;
using RagApp.Contracts.Documents;

namespace RagApp.Ingestion.Feed;

/// <summary>
/// Writes a feed until it ends: events as they come, and a comment after a time without events, so that proxies keep
/// the connection open and a lost connection is noticed.
/// </summary>
internal sealed class FeedResult(FeedSubscription subscription, FeedOptions options, TimeProvider time) : IResult
{
    private const string Heartbeat = ":\n\n";

    /// <summary>Ends an old feed. Its rights are those of the credential at the start; opening it again brings them up to date.</summary>
    private static readonly ClosedFeed Aged = new("The feed has reached its longest duration. Follow again.", RetryAfter: 0);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var follower = subscription;
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var started = time.GetTimestamp();
        try
        {
            while (!subscription.IsOver)
            {
                if (time.GetElapsedTime(started) >= options.Lifetime)
                    subscription.Close(Aged);
                var events = await subscription.TakeAsync(options.Heartbeat, httpContext.RequestAborted);
                await response.WriteAsync(events.Count == 0 ? Heartbeat : string.Concat(events.Select(Format)), httpContext.RequestAborted);
                await response.Body.FlushAsync(httpContext.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // the follower left
        }
    }

    private static string Format(FeedEvent next) => $"event: {next.Name}\ndata: {next.Data}\n\n";
}
