using System.Net;
using Microsoft.AspNetCore.Authorization;
using RagApp.Contracts.Http;

namespace RagApp.Gateway.Authentication.Keys;

/// <summary>Scopes of API keys. A key with scopes reaches only the endpoints of its scopes, and no endpoint that has none.</summary>
internal static class KeyScope
{
    /// <summary>Searching, asking, and reading documents.</summary>
    public const string Read = "read";

    /// <summary>Uploading, changing and deleting documents.</summary>
    public const string Write = "write";

    /// <summary>Calling models directly.</summary>
    public const string Models = "models";

    /// <summary>Administration and audit, as far as the roles of the key allow it.</summary>
    public const string Admin = "admin";

    /// <summary>Mark of endpoints that every key reaches.</summary>
    public const string Any = "any";

    /// <summary>Claim with a scope. Credentials without it, such as tokens and configured keys, are not limited by scopes.</summary>
    internal const string Claim = "scope";

    public static IReadOnlyList<string> All { get; } = [Read, Write, Models, Admin];

    /// <summary>Names the scope of endpoints; the innermost name counts.</summary>
    public static TBuilder WithScope<TBuilder>(this TBuilder endpoints, string scope)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new ScopeMark(scope));

    /// <summary>Refuses requests of keys that lack the scope of the endpoint.</summary>
    public static void UseKeyScopes(this WebApplication app) => app.Use((context, next) =>
    {
        var scopes = context.User.FindAll(Claim).Select(claim => claim.Value).ToList();
        if (scopes.Count == 0 || context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);
        return endpoint.Metadata.GetMetadata<ScopeMark>()?.Scope is { } scope && (scope == Any || scopes.Contains(scope, StringComparer.Ordinal))
            ? next(context)
            : throw new ProblemException(HttpStatusCode.Forbidden, $"The API key has the scopes {string.Join(", ", scopes)}, which do not reach this endpoint. Use another key.");
    });

    private sealed record ScopeMark(string Scope);
}
