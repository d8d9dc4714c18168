namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>Behaviour of a <see cref="FakeModelProvider"/>.</summary>
internal enum ProviderBehaviour
{
    Well,

    /// <summary>429 with <c>Retry-After: 7</c>.</summary>
    RateLimited,

    /// <summary>401, with the key in the message, as real providers do.</summary>
    WrongKey,

    /// <summary>400 with the code <c>context_length_exceeded</c> and the prompt in the message.</summary>
    ContextExceeded,

    /// <summary>404: no such model.</summary>
    NoSuchModel,

    /// <summary>500 with a page of HTML.</summary>
    Failing,

    /// <summary>Never answers.</summary>
    Silent,

    /// <summary>Streams the first tokens and then drops the connection.</summary>
    CutOff,

    /// <summary>Streams the first tokens and then ends properly, but without a finish reason.</summary>
    EndsEarly,

    /// <summary>Streams the first tokens and then nothing, with the connection open.</summary>
    Stalls,

    /// <summary>200 with a body that is not JSON.</summary>
    Garbage,

    /// <summary>Drops the connection before the first token of a stream.</summary>
    CutAtOnce,

    /// <summary>Streams the first tokens and then an event that is not JSON.</summary>
    GarbageMidway,

    /// <summary>Streams one token after the other with a pause, each within the time limit.</summary>
    SlowDrip,

    /// <summary>503 with <c>Retry-After: 20</c>.</summary>
    Overloaded,
}
