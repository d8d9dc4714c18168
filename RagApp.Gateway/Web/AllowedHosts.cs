using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using RagApp.ServiceDefaults.Health;

namespace RagApp.Gateway.Web;

/// <summary>
/// The names that the gateway answers to, setting <c>AllowedHosts</c>: names between semicolons, <c>*.example.org</c>
/// for all below one, <c>*</c> for any. This machine's own names by default, so that no page elsewhere reaches a
/// gateway through a name that it points here. Health checks are answered under any name: they come by address.
/// </summary>
internal static class AllowedHosts
{
    private const string Setting = "AllowedHosts";
    private const string ThisMachine = "localhost;*.localhost;127.0.0.1;[::1]";

    public static void UseAllowedHosts(this WebApplication app)
    {
        StringSegment[] allowed = [.. (app.Configuration[Setting] is { Length: > 0 } names ? names : ThisMachine)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        app.Use((context, next) => IsAllowed(context.Request, allowed) ? next(context) : Refusal().ExecuteAsync(context));
    }

    private static bool IsAllowed(HttpRequest request, IList<StringSegment> allowed) =>
        (request.Host.HasValue && HostString.MatchesAny(request.Host.Host, allowed))
        || request.Path == HealthExtensions.LivenessPath
        || request.Path == HealthExtensions.ReadinessPath;

    private static ProblemHttpResult Refusal() => TypedResults.Problem(
        $"This server does not answer to that name. Whoever runs it adds the name to the setting '{Setting}'.",
        statusCode: StatusCodes.Status400BadRequest);
}
