using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Authentication;

/// <summary>People to try the system as, in Development only. Each name is also the API key.</summary>
internal static class DemoPeople
{
    public static readonly IReadOnlyList<Principal> All =
    [
        new("acme", "demo-alice", ["staff", "finance"], [], Region: null),
        new("acme", "demo-bob", ["staff", "engineering"], [], Region: null),
        new("globex", "demo-eve", ["staff"], [], Region: null),
    ];
}
