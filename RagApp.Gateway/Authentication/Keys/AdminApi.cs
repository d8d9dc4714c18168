using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Gateway.Authentication.Keys;

/// <summary>Endpoints of a tenant's administrators for API keys and sessions; auditors may list the keys.</summary>
internal static class AdminApi
{
    public static RouteGroupBuilder MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/v1/admin").RequireAuthorization().WithTags("Administration").WithScope(KeyScope.Admin)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapGet("/api-keys", ListAsync).WithName("listApiKeys").WithSummary("List the API keys that were created");
        admin.MapPost("/api-keys", CreateAsync).WithName("createApiKey").WithSummary("Create an API key, which is shown once")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        admin.MapDelete("/api-keys/{id}", RevokeAsync).WithName("revokeApiKey").WithSummary("Revoke an API key");
        admin.MapPost("/sessions/end", EndSessionsAsync).WithName("endSessions").WithSummary("End the sessions of a person")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        return admin;
    }

    private static async Task<Ok<ApiKeyList>> ListAsync(CallerPrincipal caller, IServiceProvider services, CancellationToken cancellationToken)
    {
        Require(caller, Role.Admin, Role.Auditor);
        return TypedResults.Ok(await Administration(services).ListAsync(caller.Principal.Tenant, cancellationToken));
    }

    private static async Task<Ok<CreatedApiKey>> CreateAsync(
        CallerPrincipal caller, NewApiKey request, IServiceProvider services, CancellationToken cancellationToken)
    {
        Require(caller, Role.Admin);
        return TypedResults.Ok(await Administration(services).CreateAsync(caller.Principal, request, cancellationToken));
    }

    private static async Task<NoContent> RevokeAsync(CallerPrincipal caller, string id, IServiceProvider services, CancellationToken cancellationToken)
    {
        Require(caller, Role.Admin);
        await Administration(services).RevokeAsync(caller.Principal, id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndSessionsAsync(
        CallerPrincipal caller, SessionEnd request, IServiceProvider services, CancellationToken cancellationToken)
    {
        Require(caller, Role.Admin);
        await Administration(services).EndSessionsAsync(caller.Principal, request.Subject, cancellationToken);
        return TypedResults.NoContent();
    }

    private static void Require(CallerPrincipal caller, params ReadOnlySpan<string> anyOf)
    {
        foreach (var role in anyOf)
        {
            if (caller.Principal.Roles.Contains(role, StringComparer.Ordinal))
                return;
        }
        throw new ProblemException(HttpStatusCode.Forbidden, $"This needs the role '{string.Join("' or '", anyOf.ToArray())}'.");
    }

    private static KeyAdministration Administration(IServiceProvider services) => services.GetService<KeyAdministration>()
        ?? throw new ProblemException(HttpStatusCode.NotFound, "API keys and sessions are not managed here: the operator has to give the gateway a data folder or a bucket.");
}
