using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RagApp.ServiceDefaults.Problems;

/// <summary>
/// Makes every error a problem details response (RFC 9457) with a sentence and the trace id, see <see cref="ServiceProblems"/>
/// and <see cref="RequestProblems"/>.
/// </summary>
internal static class ServiceProblemDetails
{
    public static IServiceCollection AddServiceProblemDetails(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Customize);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProblemDetailsWriter, AnyTypeProblemWriter>());
        services.AddExceptionHandler<ProblemHandler>();
        return services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    private static void Customize(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
        problem.Detail = context.Exception is null ? problem.Detail ?? RequestProblems.Of(context.HttpContext, problem.Status) : ServiceProblems.Unforeseen;
    }
}
