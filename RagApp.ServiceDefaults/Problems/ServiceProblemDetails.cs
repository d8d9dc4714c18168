using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RagApp.ServiceDefaults.Problems;

/// <summary>Every error leaves as problem details (RFC 9457) with a sentence and the trace id, see <see cref="ServiceProblems"/> and <see cref="RequestProblems"/>.</summary>
internal static class ServiceProblemDetails
{
    public static IServiceCollection AddServiceProblemDetails(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Customize);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProblemDetailsWriter, AnyTypeProblemWriter>());
        services.AddExceptionHandler<ForeseenFailures>();
        return services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    private static void Customize(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
        if (context.Exception is not { } exception)
        {
            problem.Detail ??= RequestProblems.Of(context.HttpContext, problem.Status);
            return;
        }

        var cause = ServiceProblems.Of(exception);
        problem.Type = cause.Type ?? problem.Type;
        problem.Title = cause.Title ?? problem.Title;
        problem.Detail = ServiceProblems.Unreadable(exception) is { } bad ? RequestProblems.Of(context.HttpContext, bad) : cause.Detail ?? problem.Detail;
        if (cause.RetryAfter is { } seconds)
            context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }
}
