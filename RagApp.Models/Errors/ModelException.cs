using System.Net;
using RagApp.Contracts.Http;

namespace RagApp.Models.Errors;

/// <summary>
/// A call to a model provider failed. The message is written by this program and may be shown to people. It never contains
/// the provider's own words, and there is no inner exception: both could quote the key or the prompt.
/// </summary>
public sealed class ModelException(ModelError error, string message) : ProblemException(StatusOf(error), message)
{
    public ModelError Error => error;

    /// <summary>True when another deployment or key may well answer the same request.</summary>
    public bool AnotherMayAnswer => error
        is ModelError.RateLimited or ModelError.Unauthorized or ModelError.Unavailable or ModelError.TimedOut or ModelError.BadAnswer;

    private static HttpStatusCode StatusOf(ModelError error) => error switch
    {
        ModelError.RateLimited => HttpStatusCode.TooManyRequests,
        ModelError.ContextExceeded or ModelError.Unsuitable => HttpStatusCode.BadRequest,
        ModelError.OutOfRegion => HttpStatusCode.UnavailableForLegalReasons,
        ModelError.TimedOut => HttpStatusCode.GatewayTimeout,
        ModelError.Busy => HttpStatusCode.ServiceUnavailable,
        _ => HttpStatusCode.BadGateway,
    };
}
