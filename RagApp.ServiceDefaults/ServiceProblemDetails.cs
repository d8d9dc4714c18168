using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Http;

namespace RagApp.ServiceDefaults;

/// <summary>
/// Every error leaves as problem details (RFC 9457) with the trace id. An error of a service behind this one
/// keeps its status and sentence when it is the caller's (4xx); any other one is a 502 that names no internals.
/// </summary>
internal static class ServiceProblemDetails
{
    public static IServiceCollection AddServiceProblemDetails(this IServiceCollection services) => services
        .AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
            if (context.Exception is { } exception)
                Describe(context, exception);
        })
        .Configure<ExceptionHandlerOptions>(options => options.StatusCodeSelector = StatusOf);

    private static int StatusOf(Exception exception) => exception switch
    {
        ApiException { Status: var status } when IsCallersFault((int)status) => (int)status,
        ApiException or HttpRequestException => StatusCodes.Status502BadGateway,
        BadHttpRequestException bad => bad.StatusCode,
        TimeoutException => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static void Describe(ProblemDetailsContext context, Exception exception)
    {
        var problem = context.ProblemDetails;
        switch (exception)
        {
            case ApiException { Problem: var cause, Status: var status } when IsCallersFault((int)status):
                problem.Type = cause.Type ?? problem.Type;
                problem.Title = cause.Title ?? problem.Title;
                problem.Detail = cause.Detail;
                break;
            case ApiException or HttpRequestException:
                problem.Detail = "A service behind this one did not answer as it should. Try again; the trace id helps to find out why.";
                break;
            case BadHttpRequestException bad:
                problem.Detail = bad.Message;
                break;
        }
    }

    /// <summary>401 and 403 between services are ours, not the caller's.</summary>
    private static bool IsCallersFault(int status) =>
        status is >= 400 and < 500 and not StatusCodes.Status401Unauthorized;
}
