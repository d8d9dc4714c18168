using System.Net;

namespace RagApp.Contracts.Http;

/// <summary>An error that a service answered with; <see cref="Problem"/> holds its details.</summary>
public sealed class ApiException(HttpStatusCode status, Problem problem)
    : Exception(problem.Detail ?? problem.Title ?? $"The service answered {(int)status}.")
{
    public HttpStatusCode Status { get; } = status;

    public Problem Problem { get; } = problem;
}
