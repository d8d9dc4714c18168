using System.Net;
using Microsoft.AspNetCore.Http;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway;

public sealed class DocumentFeedTests
{
    [Fact]
    public async Task Follow_Events_ArriveAsTheyAreSent()
    {
        var read = new SemaphoreSlim(0);
        await using var documents = await StubService.StartAsync(
            async context =>
            {
                context.Response.ContentType = "text/event-stream";
                for (var i = 0; i < 3; i++)
                {
                    await context.Response.WriteAsync($"event: resync\ndata: {i}\n\n", context.RequestAborted);
                    await read.WaitAsync(context.RequestAborted); // sends the next event only after this one has arrived
                }
            },
            Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();

        using var response = await client.GetAsync("v1/documents/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        using var reader = new StreamReader(body);
        var lines = new List<string>();
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            lines.Add(line);
            if (line.Length == 0)
                read.Release();
        }

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        lines.Where(line => line.StartsWith("data", StringComparison.Ordinal)).ShouldBe(["data: 0", "data: 1", "data: 2"]);
    }

    [Fact]
    public async Task Follow_GatewayStops_TheFeedEnds()
    {
        await using var documents = await StubService.StartAsync(
            async context =>
            {
                await context.Response.WriteAsync(":\n\n", context.RequestAborted);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            },
            Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();
        using var response = await client.GetAsync("v1/documents/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        using var reader = new StreamReader(body);
        (await reader.ReadLineAsync(Cancellation)).ShouldBe(":");

        await gateway.StopAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        await reader.ReadToEndAsync(Cancellation); // returns only when the gateway ends the feed
    }

    [Fact]
    public async Task Refusal_WithRetryAfter_KeepsIt()
    {
        await using var documents = await StubService.StartAsync(
            context =>
            {
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                context.Response.Headers.RetryAfter = "17";
                return context.Response.WriteAsync("{}", context.RequestAborted);
            },
            Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();

        using var response = await client.GetAsync("v1/documents/events", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(17));
    }
}
