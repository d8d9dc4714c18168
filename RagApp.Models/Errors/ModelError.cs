namespace RagApp.Models.Errors;

/// <summary>The kinds of failed calls to a model provider that callers handle differently.</summary>
public enum ModelError
{
    /// <summary>Too many requests or tokens: the caller tries again after <see cref="Contracts.Http.ProblemException.RetryAfter"/>.</summary>
    RateLimited,

    /// <summary>The provider refused the key: the operator has to check it.</summary>
    Unauthorized,

    /// <summary>The text is longer than the model accepts.</summary>
    ContextExceeded,

    /// <summary>The provider refused the request for another reason, such as a model it does not have.</summary>
    Refused,

    /// <summary>The provider cannot be reached, failed, or ended its answer before it was complete.</summary>
    Unavailable,

    /// <summary>The provider took longer than the configured limit.</summary>
    TimedOut,

    /// <summary>The provider's answer cannot be read or does not fit the request.</summary>
    BadAnswer,

    /// <summary>The caller's text may go to none of the model's deployments, because none is in its region: the operator adds one.</summary>
    OutOfRegion,

    /// <summary>Every deployment that may be used is at its limit or out of service: the caller tries again after <see cref="Contracts.Http.ProblemException.RetryAfter"/>.</summary>
    Busy,

    /// <summary>No deployment of the model takes a request of this kind: the caller changes it, or names another model.</summary>
    Unsuitable,
}
