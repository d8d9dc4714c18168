namespace RagApp.Models.Errors;

/// <summary>
/// A call to a model provider failed. The message is a sentence of ours and may be shown to people: a provider's own
/// words never enter it, since they can quote the key or the prompt, and for the same reason there is no inner exception.
/// </summary>
public sealed class ModelException(ModelError error, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public ModelError Error => error;

    /// <summary>How long the provider asks to wait, where it says so.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>The HTTP status that tells a caller of ours the same.</summary>
    public int Status => error switch
    {
        ModelError.RateLimited => 429,
        ModelError.ContextExceeded => 400,
        ModelError.TimedOut => 504,
        _ => 502,
    };
}
