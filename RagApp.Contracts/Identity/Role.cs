namespace RagApp.Contracts.Identity;

/// <summary>Roles that allow operations; none widens what can be read.</summary>
public static class Role
{
    /// <summary>May change what holds for the whole tenant, such as its glossary.</summary>
    public const string Admin = "admin";
}
