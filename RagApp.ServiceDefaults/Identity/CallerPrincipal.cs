using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.ServiceDefaults.Identity;

/// <summary>
/// Handler parameter that holds the verified caller. Without a caller the binding fails with 401, so that an endpoint without
/// authorization by mistake still reveals nothing.
/// </summary>
public sealed class CallerPrincipal : IBindableFromHttpContext<CallerPrincipal>
{
    private CallerPrincipal(Principal principal) => Principal = principal;

    public Principal Principal { get; }

    public static ValueTask<CallerPrincipal?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        PrincipalClaims.Read(context.User) is { } principal
            ? ValueTask.FromResult<CallerPrincipal?>(new CallerPrincipal(principal))
            : throw new ProblemException(HttpStatusCode.Unauthorized, "No verified principal.");
}
