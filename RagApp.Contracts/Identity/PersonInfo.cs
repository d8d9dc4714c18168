namespace RagApp.Contracts.Identity;

/// <summary>Answer of <c>GET /v1/me</c>: the caller's identity.</summary>
/// <param name="Tenant">Organisation of the caller.</param>
/// <param name="Subject">Name of the person; an access list names the person as <c>user:SUBJECT</c>.</param>
/// <param name="Groups">Groups of the person; an access list names a group as <c>group:NAME</c>.</param>
public sealed record PersonInfo(string Tenant, string Subject, IReadOnlyList<string> Groups, IReadOnlyList<string> Roles)
{
    /// <summary>Id of the API key, by which budgets and usage name it; null when there is none.</summary>
    public string? KeyId { get; init; }

    public static PersonInfo Of(Principal principal) =>
        new(principal.Tenant, principal.Subject, principal.Groups, principal.Roles) { KeyId = principal.KeyId };
}
