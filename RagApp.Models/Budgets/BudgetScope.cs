namespace RagApp.Models.Budgets;

/// <summary>The calls that one budget covers: all of them, a tenant's or a key's, of all models or of one.</summary>
/// <param name="Tenant">Tenant of the calls; null for those of all tenants.</param>
/// <param name="KeyId">Id of the API key of the calls; null for those of all keys.</param>
/// <param name="Model">Model of the calls; null for all models together.</param>
public sealed record BudgetScope(string? Tenant, string? KeyId, string? Model)
{
    /// <summary>Name of the kind of scope: <c>global</c>, <c>tenant</c> or <c>key</c>.</summary>
    public string Kind => this switch { { KeyId: not null } => "key", { Tenant: not null } => "tenant", _ => "global" };

    /// <summary>Name of the scope in the ledger; names of tenants, keys and models are escaped and contain neither blanks nor the separators.</summary>
    internal string Field
    {
        get
        {
            var owner = this switch
            {
                { KeyId: { } key, Tenant: var tenant } => $"k:{Escape(tenant ?? "")}:{Escape(key)}",
                { Tenant: { } tenant } => $"t:{Escape(tenant)}",
                _ => "g",
            };
            return Model is null ? owner : $"{owner}@{Escape(Model)}";
        }
    }

    /// <summary>The scopes that a call belongs to: the widest first, each for all models and for the one that is called.</summary>
    public static IReadOnlyList<BudgetScope> Of(string tenant, string? keyId, string model)
    {
        var scopes = new List<BudgetScope> { new(null, null, null), new(null, null, model), new(tenant, null, null), new(tenant, null, model) };
        if (keyId is not null)
            scopes.AddRange([new(tenant, keyId, null), new(tenant, keyId, model)]);
        return scopes;
    }

    /// <summary>Name for people, such as <c>the tenant 'acme'</c>.</summary>
    public override string ToString()
    {
        var owner = this switch
        {
            { KeyId: { } key } => $"the API key '{key}'",
            { Tenant: { } tenant } => $"the tenant '{tenant}'",
            _ => "all tenants together",
        };
        return Model is null ? owner : $"{owner} for the model '{Model}'";
    }

    internal static string Escape(string name) => name.Length == 0 ? "%00" : Uri.EscapeDataString(name);
}
