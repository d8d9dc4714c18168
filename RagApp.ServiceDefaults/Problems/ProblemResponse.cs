using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts.Http;

namespace RagApp.ServiceDefaults.Problems;

/// <summary>
/// Writes a <see cref="Problem"/> as an HTTP response. The framework writes the problem details of other exceptions and of
/// responses with only a status.
/// </summary>
public static class ProblemResponse
{
    /// <summary>
    /// Writes the problem for code that must not throw, such as a challenge with headers of its own, which an exception would
    /// clear.
    /// </summary>
    public static Task WriteProblemAsync(this HttpContext context, ProblemException exception) =>
        context.WriteProblemAsync(ServiceProblems.Of(exception));

    internal static Task WriteProblemAsync(this HttpContext context, Problem problem)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in problem.Extensions ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
            extensions[name] = value;
        if (problem.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            extensions["retryAfter"] = seconds;
        }
        return TypedResults.Problem(problem.Detail, instance: null, problem.Status, problem.Title, problem.Type, extensions).ExecuteAsync(context);
    }
}
