namespace RagApp.Models.Errors;

/// <summary>Why a call to a model provider failed, as far as it makes a difference to what happens next.</summary>
public enum ModelError
{
    /// <summary>Too many requests or tokens: try again after <see cref="ModelException.RetryAfter"/>.</summary>
    RateLimited,

    /// <summary>The provider refused the key: the operator has to look at it.</summary>
    Unauthorized,

    /// <summary>The text is longer than the model takes.</summary>
    ContextExceeded,

    /// <summary>The provider refused the request for another reason, such as a model it does not have.</summary>
    Refused,

    /// <summary>The provider cannot be reached, failed, or ended its answer before it was complete.</summary>
    Unavailable,

    /// <summary>The provider took longer than the configured limit.</summary>
    TimedOut,

    /// <summary>What the provider sent cannot be read or is not what was asked for.</summary>
    BadAnswer,
}
