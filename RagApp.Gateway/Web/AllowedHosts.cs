using Microsoft.Extensions.Primitives;
using RagApp.Contracts.Http;
using RagApp.ServiceDefaults.Health;

namespace RagApp.Gateway.Web;

/// <summary>
/// Host names that the gateway answers to, setting <c>AllowedHosts</c>: names separated by semicolons, <c>*.example.org</c> for all
/// subdomains, <c>*</c> for any name. The default is this machine's own names, which stops DNS rebinding: a foreign page cannot
/// reach the gateway by a name that resolves to it. Health checks are answered under any name, since probes call by address.
/// </summary>
internal static class AllowedHosts
{
    private const string Setting = "AllowedHosts";
    private const string ThisMachine = "localhost;*.localhost;127.0.0.1;[::1]";

    public static void UseAllowedHosts(this WebApplication app)
    {
        StringSegment[] allowed = [.. (app.Configuration[Setting] is { Length: > 0 } names ? names : ThisMachine)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        app.Use((context, next) => IsAllowed(context.Request, allowed) ? next(context) : throw Refusal());
    }

    private static bool IsAllowed(HttpRequest request, IList<StringSegment> allowed) =>
        (request.Host.HasValue && HostString.MatchesAny(request.Host.Host, allowed))
        || request.Path == HealthExtensions.LivenessPath
        || request.Path == HealthExtensions.ReadinessPath;

    private static ProblemException Refusal() =>
        ProblemException.BadRequest($"This server does not answer to that name. Whoever runs it adds the name to the setting '{Setting}'.");
}
