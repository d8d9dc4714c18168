using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RagApp.ServiceDefaults.Problems;

/// <summary>
/// Answers what <see cref="ServiceProblems"/> foresees. What the caller did wrong is told to the caller and is not in
/// the log; what a service behind this one did is one line there. Anything else stays with the framework, which logs its trace.
/// </summary>
internal sealed class ForeseenFailures(IProblemDetailsService problems, ILogger<ForeseenFailures> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!ServiceProblems.IsForeseen(exception))
            return false;

        var status = ServiceProblems.Of(exception).Status!.Value;
        if (status >= StatusCodes.Status500InternalServerError)
            logger.AnsweredWithProblem(httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName, status, exception);
        httpContext.Response.StatusCode = status;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = { Status = status }, Exception = exception });
    }
}
