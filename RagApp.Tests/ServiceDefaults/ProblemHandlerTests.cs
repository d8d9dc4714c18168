using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Contracts.Http;
using RagApp.Models.Budgets;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Identity;
using RagApp.Tests.Gateway;
using RagApp.Tests.Ingestion.Dlp;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.ServiceDefaults;

/// <summary>The problem response and the log entry for each kind of exception that ends a request.</summary>
public sealed class ProblemHandlerTests : IAsyncLifetime
{
    private const string Sentence = "The list is just being put together. Try again in a moment.";

    private readonly HttpClient _client = new();
    private readonly CapturedLogs _logs = new();
    private WebApplication _service = null!;
    private Exception _thrown = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder([.. ServiceSettings.Common, "--Logging:LogLevel:Default=Information"]);
        builder.AddServiceDefaults();
        _service = builder.Build();
        _service.MapServiceDefaults();
        _service.MapGet("/fail", string () => throw _thrown);
        _service.MapGet("/who", (CallerPrincipal caller) => caller.Principal);
        await _service.StartAsync(Cancellation);
        _service.Services.GetRequiredService<ILoggerFactory>().AddProvider(_logs);
        _client.BaseAddress = new Uri(_service.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "https://tools.ietf.org/html/rfc9110#section-15.5.1", "Bad Request", 0)]
    [InlineData(HttpStatusCode.Conflict, "https://tools.ietf.org/html/rfc9110#section-15.5.10", "Conflict", 0)]
    [InlineData(HttpStatusCode.TooManyRequests, null, "Too Many Requests", 0)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "https://tools.ietf.org/html/rfc9110#section-15.6.4", "Service Unavailable", 1)]
    public async Task Problem_OfAStatus_HasItsTypeAndTitleAndOneLineInTheLogWhenItIsOurs(HttpStatusCode status, string? type, string title, int lines)
    {
        var problem = await FailAsync(new ProblemException(status, Sentence, new IOException("The cause")), status);

        (problem.Type, problem.Title, problem.Detail, problem.RetryAfter).ShouldBe((type, title, Sentence, null));
        _logs.Lines.Count.ShouldBe(lines);
        _logs.Lines.ShouldAllBe(line => line.StartsWith("HTTP: GET /fail is answered with", StringComparison.Ordinal) && line.Contains("The cause", StringComparison.Ordinal));
        _logs.Lines.ShouldAllBe(line => !line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Problem_WithATypeAndAWait_SaysBothAndTheWaitInTheHeaderToo()
    {
        _thrown = new ProblemException(HttpStatusCode.Conflict, Sentence) { Type = Problem.WithoutCaller, RetryAfter = TimeSpan.FromSeconds(1.2) };

        using var response = await _client.GetAsync("/fail", Cancellation);

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, Cancellation);
        (problem.Type, problem.RetryAfter).ShouldBe((Problem.WithoutCaller, 2));
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Problem_OfABudget_HasItsMembersAlsoThroughAService()
    {
        var budget = new BudgetExceededException(
            new BudgetScope("acme", null, null), BudgetWindow.Of(BudgetPeriod.Month, new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero)), BudgetUnit.Money, 31, 500_000);

        var problem = await FailAsync(budget, HttpStatusCode.PaymentRequired);
        var passedOn = await FailAsync(new ApiException(HttpStatusCode.PaymentRequired, problem), HttpStatusCode.PaymentRequired);

        foreach (var members in new[] { problem.Extensions!, passedOn.Extensions! })
        {
            (members["scope"].GetString(), members["period"].GetString(), members["unit"].GetString()).ShouldBe(("tenant", "month", "usd"));
            members["left"].GetDecimal().ShouldBe(0.000031m);
            members["renewsAt"].GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        }
        problem.Detail.ShouldBe("The budget of the tenant 'acme' for this month has $0.000031 left, and this call may need $0.50. "
            + "It renews at 2026-12-01 00:00 UTC; until then send less text or ask for a shorter answer, or ask the operator to raise the budget.");
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Unauthorized, HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.InsufficientStorage, HttpStatusCode.InsufficientStorage)]
    public async Task Answer_OfAServiceBehind_KeepsWhatIsForTheCaller(HttpStatusCode status, HttpStatusCode expected)
    {
        var problem = await FailAsync(
            new ApiException(status, new Problem("urn:any", "A title", (int)status, Sentence) { RetryAfter = 7 }), expected);

        (problem.Type, problem.Title, problem.Detail, problem.RetryAfter).ShouldBe(status == expected
            ? ("urn:any", "A title", Sentence, 7)
            : ("https://tools.ietf.org/html/rfc9110#section-15.6.3", "Bad Gateway",
                "A service behind this one did not answer as it should. Try again; the trace id helps to find out why.", default(int?)));
    }

    [Fact]
    public async Task Exception_ThatNobodyForesaw_Is500WithoutItsWordsAndHasItsTraceInTheLog()
    {
        var problem = await FailAsync(new InvalidOperationException("Secret words"), HttpStatusCode.InternalServerError);

        problem.Detail.ShouldBe("Something went wrong here. The trace id helps to find out what.");
        _logs.Lines.ShouldHaveSingleItem().ShouldContain("   at ");
    }

    [Fact]
    public async Task Caller_WithoutAVerifiedPrincipal_Is401()
    {
        using var response = await _client.GetAsync("/who", Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, Cancellation)).Detail.ShouldBe("No verified principal.");
        _logs.Lines.ShouldBeEmpty();
    }

    private async Task<Problem> FailAsync(Exception exception, HttpStatusCode status)
    {
        _thrown = exception;
        using var response = await _client.GetAsync("/fail", Cancellation);
        return await response.ShouldBeProblemAsync(status, Cancellation);
    }
}
