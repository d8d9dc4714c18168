namespace RagApp.Contracts.Identity;

/// <summary>Answer of <c>GET /v1/me</c>: who the caller is to the system.</summary>
/// <param name="Tenant">The organisation.</param>
/// <param name="Subject">The person; documents can name it as <c>user:SUBJECT</c>.</param>
/// <param name="Groups">Groups the person belongs to; documents can name them as <c>group:NAME</c>.</param>
public sealed record PersonInfo(string Tenant, string Subject, IReadOnlyList<string> Groups, IReadOnlyList<string> Roles)
{
    public static PersonInfo Of(Principal principal) =>
        new(principal.Tenant, principal.Subject, principal.Groups, principal.Roles);
}

/// <summary>Answer of <c>GET /v1/demo-people</c>, which exists in Development only: each subject is its own API key.</summary>
public sealed record DemoPeopleList(IReadOnlyList<PersonInfo> People);
