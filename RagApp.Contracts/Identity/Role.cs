namespace RagApp.Contracts.Identity;

/// <summary>Roles that allow operations; no role widens what can be read.</summary>
public static class Role
{
    /// <summary>Allows changes to settings of the whole tenant, such as its glossary.</summary>
    public const string Admin = "admin";
}
