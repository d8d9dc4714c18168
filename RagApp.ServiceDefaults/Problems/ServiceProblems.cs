using System.Net;
using Microsoft.AspNetCore.Http;
using Polly;
using RagApp.Contracts.Http;

namespace RagApp.ServiceDefaults.Problems;

/// <summary>
/// What an exception means to the caller. An error of a service behind this one keeps its status and sentence
/// when it is the caller's (4xx) or is about one damaged document or a lack of room (503, 507); any other one is a 502 that names no internals. A body that the caller
/// stopped sending, or sent too much of, while it was passed on is the caller's as well.
/// </summary>
public static class ServiceProblems
{
    private const string Unforeseen = "Something went wrong here. The trace id helps to find out what.";

    private const string NotAsItShould =
        "A service behind this one did not answer as it should. Try again; the trace id helps to find out why.";

    public static Problem Of(Exception exception) => exception switch
    {
        ApiException { Problem: var problem, Status: var status } when IsCallersFault((int)status) =>
            problem with { Status = (int)status },
        ApiException { Problem: { Type: Problem.Damaged } damaged } => damaged,
        ApiException { Status: HttpStatusCode.InsufficientStorage, Problem: { Detail: not null } full } => full,
        ApiException { Status: HttpStatusCode.ServiceUnavailable, Problem: { Detail: not null, RetryAfter: not null } busy } => busy,
        _ when Unreadable(exception) is { } bad => New(bad.StatusCode, RequestProblems.Of(bad)),
        ApiException or HttpRequestException or ExecutionRejectedException => New(StatusCodes.Status502BadGateway, NotAsItShould),
        TimeoutException or OperationCanceledException { InnerException: TimeoutException } => New(StatusCodes.Status504GatewayTimeout, "A service behind this one took too long. Try again."),
        _ => New(StatusCodes.Status500InternalServerError, Unforeseen),
    };

    /// <summary>Whether it is one that happens to systems in order, such as a service that does not answer; anything else is a mistake of ours.</summary>
    public static bool IsForeseen(Exception exception) => Of(exception).Detail != Unforeseen;

    /// <summary>What was wrong with the request itself, also where its body was passed on; null when that is not the cause.</summary>
    public static BadHttpRequestException? Unreadable(Exception exception) =>
        exception as BadHttpRequestException ?? (exception as HttpRequestException)?.InnerException as BadHttpRequestException;

    /// <summary>A 401 between services says that our own token was refused, which is not the caller's fault; a 403 is about the caller.</summary>
    private static bool IsCallersFault(int status) =>
        status is >= 400 and < 500 and not StatusCodes.Status401Unauthorized;

    private static Problem New(int status, string detail) => new(Type: null, Title: null, status, detail);
}
