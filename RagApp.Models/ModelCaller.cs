using RagApp.Contracts.Identity;

namespace RagApp.Models;

/// <summary>The caller on whose behalf a model is called: its budget pays, and its region bounds where the text may go.</summary>
/// <param name="Tenant">Organisation that pays for the call.</param>
/// <param name="Feature">Part of the program that calls, such as <c>answers</c> or <c>rewriting</c>; for metrics and reports.</param>
public sealed record ModelCaller(string Tenant, string Feature)
{
    /// <summary>Id of the caller's API key, never the key itself; null for a person without one and for background work.</summary>
    public string? KeyId { get; init; }

    /// <summary>Region that the text must stay in; null when it may be processed anywhere.</summary>
    public string? Region { get; init; }

    public ModelPriority Priority { get; init; } = ModelPriority.Interactive;

    /// <summary>Longest wait for a deployment below its limit; null for the one that is configured for the priority.</summary>
    public TimeSpan? MaxWait { get; init; }

    /// <summary>Creates the caller for a person's request: the tenant of the principal pays, and its region bounds where the text may go.</summary>
    public static ModelCaller Of(Principal principal, string feature) => new(principal.Tenant, feature)
    {
        KeyId = principal.KeyId,
        Region = principal.Region,
    };
}

/// <summary>Order of waiting calls: interactive ones go first.</summary>
public enum ModelPriority
{
    /// <summary>A person waits for the answer.</summary>
    Interactive,

    /// <summary>Nobody waits, as while documents are indexed.</summary>
    Bulk,
}
