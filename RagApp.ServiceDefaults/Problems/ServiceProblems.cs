using System.Net;
using Microsoft.AspNetCore.Http;
using Polly;
using RagApp.Contracts.Http;

namespace RagApp.ServiceDefaults.Problems;

/// <summary>
/// Maps exceptions to problems for the caller. A <see cref="ProblemException"/> is its own problem. An error of a service behind
/// this one keeps its status and sentence when it is the caller's fault (4xx), concerns one damaged document, or reports overload or
/// a full disk (503, 507); any other one becomes a 502 that names no internals. A body that the caller sent incompletely, or that is
/// too large, is the caller's fault too, even if it was only passed on.
/// </summary>
public static class ServiceProblems
{
    /// <summary>Detail of a problem that no rule here covers.</summary>
    internal const string Unforeseen = "Something went wrong here. The trace id helps to find out what.";

    private const string NotAsItShould =
        "A service behind this one did not answer as it should. Try again; the trace id helps to find out why.";

    public static Problem Of(Exception exception) =>
        Foreseen(exception) ?? New(StatusCodes.Status500InternalServerError, Unforeseen);

    /// <summary>Returns the problem of an expected exception, such as a service that does not answer; null for a bug.</summary>
    internal static Problem? Foreseen(Exception exception) => exception switch
    {
        ProblemException told => Told(told),
        ApiException { Problem: var problem, Status: var status } answered when IsForTheCaller(answered) => problem with { Status = (int)status },
        _ when Unreadable(exception) is { } bad => New(bad.StatusCode, RequestProblems.Of(bad)),
        ApiException or HttpRequestException or ExecutionRejectedException => New(StatusCodes.Status502BadGateway, NotAsItShould),
        TimeoutException or OperationCanceledException { InnerException: TimeoutException } => New(StatusCodes.Status504GatewayTimeout, "A service behind this one took too long. Try again."),
        _ => null,
    };

    /// <summary>Returns the fault of the request itself, also when its body was only passed on; null when the request is not the cause.</summary>
    internal static BadHttpRequestException? Unreadable(Exception exception) =>
        exception as BadHttpRequestException ?? (exception as HttpRequestException)?.InnerException as BadHttpRequestException;

    /// <summary>
    /// A 401 from another service means that our own token was refused, which is not the caller's fault; a 403 concerns the
    /// caller.
    /// </summary>
    private static bool IsForTheCaller(ApiException answered) => answered switch
    {
        { Status: HttpStatusCode.Unauthorized } => false,
        { Status: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError } => true,
        { Problem.Type: Problem.Damaged } => true,
        { Status: HttpStatusCode.InsufficientStorage, Problem.Detail: not null } => true,
        { Status: HttpStatusCode.ServiceUnavailable, Problem: { Detail: not null, RetryAfter: not null } } => true,
        _ => false,
    };

    private static Problem Told(ProblemException told) => new(told.Type, Title: null, (int)told.Status, told.Message)
    {
        RetryAfter = told.RetryAfter is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null,
        Extensions = told.Extensions?.ToDictionary(StringComparer.Ordinal),
    };

    private static Problem New(int status, string detail) => new(Type: null, Title: null, status, detail);
}
