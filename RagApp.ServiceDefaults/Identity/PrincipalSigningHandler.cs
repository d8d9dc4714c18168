using System.Net.Http.Headers;
using RagApp.Contracts.Http;

namespace RagApp.ServiceDefaults.Identity;

/// <summary>Turns the principal that a typed client put on a request into a token. A request without a principal is a bug and is not sent.</summary>
internal sealed class PrincipalSigningHandler(InternalTokens tokens) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(ServiceCall.PrincipalKey, out var principal))
            throw new InvalidOperationException($"A call to {request.RequestUri?.Host} names no principal.");

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Sign(principal));
        return base.SendAsync(request, cancellationToken);
    }
}
