namespace RagApp.Models.Pool;

/// <summary>State of a circuit breaker; the order is that of how little it lets through.</summary>
internal enum CircuitState
{
    /// <summary>Calls go through.</summary>
    Closed,

    /// <summary>One call goes through as a probe.</summary>
    HalfOpen,

    /// <summary>No call goes through.</summary>
    Open,
}
