using System.Reflection;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts.Identity;

namespace RagApp.ServiceDefaults.Identity;

/// <summary>
/// Handler parameter: the verified caller. Binding it fails the request with 401 when there is none, so an
/// endpoint that forgot its authorization still gives nothing away.
/// </summary>
public sealed class CallerPrincipal : IBindableFromHttpContext<CallerPrincipal>
{
    private CallerPrincipal(Principal principal) => Principal = principal;

    public Principal Principal { get; }

    public static ValueTask<CallerPrincipal?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        PrincipalClaims.Read(context.User) is { } principal
            ? ValueTask.FromResult<CallerPrincipal?>(new CallerPrincipal(principal))
            : throw new BadHttpRequestException("No verified principal.", StatusCodes.Status401Unauthorized);
}
