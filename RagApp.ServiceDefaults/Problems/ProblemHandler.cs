using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RagApp.Contracts.Http;

namespace RagApp.ServiceDefaults.Problems;

/// <summary>
/// Answers every exception that <see cref="ServiceProblems"/> knows with its problem details. A fault of the caller is not logged; a
/// failure of a store or of a service behind this one is logged in one line. Any other exception is left to the framework, which
/// logs its stack trace.
/// </summary>
internal sealed class ProblemHandler(ILogger<ProblemHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (ServiceProblems.Foreseen(exception) is not { Status: { } status } problem)
            return false;

        if (status >= StatusCodes.Status500InternalServerError)
            logger.AnsweredWithProblem(httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName, status, exception);
        await httpContext.WriteProblemAsync(WithSizeLimit(problem, httpContext, exception));
        return true;
    }

    /// <summary>Adds the endpoint's size limit to the sentence about a body that is too large; only the request knows that limit.</summary>
    private static Problem WithSizeLimit(Problem problem, HttpContext httpContext, Exception exception) =>
        ServiceProblems.Unreadable(exception) is { } bad ? problem with { Detail = RequestProblems.Of(httpContext, bad) } : problem;
}
