using System.Net;
using System.Net.Http.Json;
using RagApp.Contracts;
using RagApp.Contracts.Http;

namespace RagApp.Tests.Gateway;

internal static class ProblemAssertions
{
    /// <summary>Asserts that the response is a problem with this status and a trace id; returns the problem.</summary>
    public static async Task<Problem> ShouldBeProblemAsync(
        this HttpResponseMessage response, HttpStatusCode status, CancellationToken cancellationToken)
    {
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await response.Content.ReadFromJsonAsync(ContractsJson.Default.Problem, cancellationToken);
        problem.ShouldNotBeNull();
        problem.Status.ShouldBe((int)status);
        problem.Title.ShouldNotBeNullOrEmpty();
        problem.TraceId.ShouldNotBeNullOrEmpty();
        return problem;
    }
}
