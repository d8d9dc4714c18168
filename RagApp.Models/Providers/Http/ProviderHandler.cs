using RagApp.Models.Errors;
using RagApp.Models.Pool;

namespace RagApp.Models.Providers.Http;

/// <summary>
/// The part of a call that all providers have in common, below their libraries: it reads the limits from the headers, throws every
/// failure as <see cref="ModelException"/>, and bounds the wait for the headers and for each piece of the body.
/// </summary>
internal sealed class ProviderHandler(HttpMessageHandler connections, TimeSpan timeout, Action<LimitReadings> learn, TimeProvider time)
    : DelegatingHandler(connections)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var response = await base.SendAsync(request, stop.Token);
            if (RateLimitHeaders.Read(response.Headers, time) is { } readings)
                learn(readings);
            if (!response.IsSuccessStatusCode)
            {
                using (response)
                    throw await ProviderErrors.OfResponseAsync(response, time, stop.Token);
            }
            response.Content = new TimedContent(response.Content, timeout, time);
            return response;
        }
        catch (Exception exception) when (ProviderErrors.AreOfProvider(cancellationToken))
        {
            throw ProviderErrors.Translate(exception);
        }
    }
}
