using Microsoft.AspNetCore.Http.Features;

namespace RagApp.Gateway.Documents;

/// <summary>Passes a feed of events on as it arrives, until either side ends it or the gateway stops.</summary>
internal sealed class ForwardedFeed(HttpResponseMessage feed, CancellationToken stopping) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (feed)
        {
            var response = httpContext.Response;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache,no-store";
            response.Headers["X-Accel-Buffering"] = "no"; // a proxy such as nginx must not buffer the events
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
            try
            {
                await feed.Content.CopyToAsync(response.Body, end.Token);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || end.IsCancellationRequested)
            {
                // The feed ended without a closed event; the client connects again.
            }
        }
    }
}
