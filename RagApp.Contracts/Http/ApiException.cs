using System.Net;

namespace RagApp.Contracts.Http;

/// <summary>A service answered with an error; <see cref="Problem"/> is what it said.</summary>
public sealed class ApiException(HttpStatusCode status, Problem problem)
    : Exception(problem.Detail ?? problem.Title ?? $"The service answered {(int)status}.")
{
    public HttpStatusCode Status { get; } = status;

    public Problem Problem { get; } = problem;
}
