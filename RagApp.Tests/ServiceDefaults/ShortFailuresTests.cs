using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.ServiceDefaults;
using RagApp.Tests.Gateway;
using RagApp.Tests.Ingestion.Dlp;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.ServiceDefaults;

/// <summary>A handled failure is one line in the log; only an unexpected exception is logged with its stack trace.</summary>
public sealed class ShortFailuresTests
{
    private const string Trace = "   at ";

    private readonly CapturedLogs _logs = new();

    [Theory]
    [InlineData(LogLevel.Information, false)]
    [InlineData(LogLevel.Warning, false)]
    [InlineData(LogLevel.Error, true)]
    [InlineData(LogLevel.Critical, true)]
    public void Log_WithAnException_HasItsTraceFromErrorOn(LogLevel level, bool hasTrace)
    {
        var exception = Thrown();

        Logger("Information").Log(level, default, "The cache is left out", exception, (words, _) => words);

        var line = _logs.Lines.ShouldHaveSingleItem();
        line.ShouldContain("The cache is left out");
        line.ShouldContain("No answer");
        line.ShouldContain("Connection");
        line.Contains('\n', StringComparison.Ordinal).ShouldBe(hasTrace);
        line.Contains(Trace, StringComparison.Ordinal).ShouldBe(hasTrace);
    }

    [Fact]
    public void Log_WithDebugOn_HasTheTraceAsWell()
    {
        var exception = Thrown();

        Logger("Debug").Log(LogLevel.Warning, default, "The cache is left out", exception, (words, _) => words);

        _logs.Lines.Count(line => line.Contains(Trace, StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("POST", "v1/search", """{"query":"q"}""", HttpStatusCode.BadGateway, 1)]
    [InlineData("POST", "v1/answers", """{"question":"q"}""", HttpStatusCode.BadGateway, 1)]
    [InlineData("POST", "v1/answers", """{"question":"q","stream":true}""", HttpStatusCode.BadGateway, 1)]
    [InlineData("GET", "v1/documents", null, HttpStatusCode.BadGateway, 1)]
    [InlineData("POST", "v1/answers", "{", HttpStatusCode.BadRequest, 0)]
    public async Task Request_ThatFailsAsForeseen_IsOneLineInTheLog(string method, string path, string? body, HttpStatusCode status, int lines)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, settings: ["--Logging:LogLevel:Default=Information"]);
        gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(_logs);
        using var client = gateway.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

        using var response = await client.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(status);
        _logs.Lines.ShouldAllBe(line => line.StartsWith($"HTTP: {method} /{path}", StringComparison.Ordinal));
        _logs.Lines.Count.ShouldBe(lines, string.Join('\n', _logs.Lines));
        _logs.Lines.ShouldAllBe(line => !line.Contains(Trace, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Original_ThatBreaksOff_IsCutOffAndOneLineInTheLog()
    {
        await using var documents = await StubService.StartAsync(async context =>
        {
            context.Response.ContentLength = 1_000_000;
            await context.Response.WriteAsync(new string('x', 100_000), Cancellation);
            await context.Response.Body.FlushAsync(Cancellation);
            context.Abort();
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents, settings: ["--Logging:LogLevel:Default=Information"]);
        gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(_logs);
        using var client = gateway.Client();

        await Should.ThrowAsync<HttpRequestException>(() => client.GetByteArrayAsync($"v1/documents/{new string('0', 32)}/original", Cancellation));

        await Eventually.HoldsAsync(() => !_logs.Lines.IsEmpty);
        _logs.Lines.ShouldHaveSingleItem().ShouldNotContain(Trace);
    }

    private ILogger Logger(string level)
    {
        var builder = WebApplication.CreateBuilder([$"--Logging:LogLevel:Default={level}"]);
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders().AddProvider(_logs);
        return builder.Build().Services.GetRequiredService<ILoggerFactory>().CreateLogger("test");
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("No answer", new IOException("Connection\nrefused"));
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
