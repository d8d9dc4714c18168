using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace RagApp.ServiceDefaults;

/// <summary>Every error leaves as problem details (RFC 9457) with the trace id, as <see cref="ServiceProblems"/> describes it.</summary>
internal static class ServiceProblemDetails
{
    public static IServiceCollection AddServiceProblemDetails(this IServiceCollection services) => services
        .AddProblemDetails(options => options.CustomizeProblemDetails = Customize)
        .Configure<ExceptionHandlerOptions>(options =>
        {
            options.StatusCodeSelector = StatusOf;
            // What the caller did wrong is told to the caller, and is no error in our log.
            options.SuppressDiagnosticsCallback = context => StatusOf(context.Exception) < StatusCodes.Status500InternalServerError;
        })
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);

    private static int StatusOf(Exception exception) => ServiceProblems.Of(exception).Status!.Value;

    private static void Customize(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
        if (context.Exception is not { } exception)
            return;

        var cause = ServiceProblems.Of(exception);
        problem.Type = cause.Type ?? problem.Type;
        problem.Title = cause.Title ?? problem.Title;
        problem.Detail = cause.Detail ?? problem.Detail;
        if (cause.RetryAfter is { } seconds)
            context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }
}
