namespace RagApp.Contracts.Identity;

/// <summary>Roles that allow operations; no role widens what can be read.</summary>
public static class Role
{
    /// <summary>Allows changes to settings of the whole tenant, such as its glossary, and to its API keys.</summary>
    public const string Admin = "admin";

    /// <summary>Allows reading the tenant's audit journal.</summary>
    public const string Auditor = "auditor";

    /// <summary>Allows everything that needs no other role; everybody who signs in has it.</summary>
    public const string Member = "member";
}
