using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using RagApp.Contracts.Http;
using RagApp.Models.Budgets;
using RagApp.Models.Errors;

namespace RagApp.Gateway.OpenAI;

/// <summary>An error in OpenAI's format: <c>{"error": {"message", "type", "code", "param"}}</c>.</summary>
internal static class OpenAIError
{
    public static async Task WriteAsync(HttpResponse response, ProblemException problem, CancellationToken cancellationToken)
    {
        response.StatusCode = (int)problem.Status;
        if (problem.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await response.WriteAsJsonAsync(Of(problem), cancellationToken);
    }

    public static JsonObject Of(ProblemException problem) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = problem.Message,
            ["type"] = TypeOf(problem.Status),
            ["param"] = null,
            ["code"] = CodeOf(problem),
        },
    };

    private static string TypeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.PaymentRequired => "insufficient_quota",
        HttpStatusCode.TooManyRequests => "rate_limit_error",
        < HttpStatusCode.InternalServerError => "invalid_request_error",
        _ => "server_error",
    };

    private static string? CodeOf(ProblemException problem) => problem switch
    {
        BudgetExceededException => "insufficient_quota",
        ModelException { Error: ModelError.ContextExceeded } => "context_length_exceeded",
        ModelException { Error: ModelError.RateLimited } => "rate_limit_exceeded",
        { Status: HttpStatusCode.NotFound } => "model_not_found",
        _ => null,
    };
}
