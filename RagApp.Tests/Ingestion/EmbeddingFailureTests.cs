using Microsoft.AspNetCore.Http;
using RagApp.Contracts.Documents;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

/// <summary>Processing while the embedding service refuses: overloaded, down, without a budget, or because of one text.</summary>
public sealed class EmbeddingFailureTests
{
    [Theory]
    [InlineData(402)]
    [InlineData(429)]
    [InlineData(451)]
    [InlineData(503)]
    public async Task Upload_EmbeddingHasToWait_SaysSoAndGoesOnWithoutCountingAttempts(int status)
    {
        await using var service = await StartAsync("--Queue:MaxAttempts=1");
        var refused = 0;
        service.Embeddings.Before = _ => Task.FromResult<IResult?>(Interlocked.Increment(ref refused) > 2 ? null : new Refusal(status));

        var uploaded = await service.UploadAsync(Alice, "rules.md", "# Rules\n\nThe color is vermilion.", "public");
        await Eventually.HoldsAsync(async () =>
            (await service.Documents.GetAsync(Alice, uploaded.Id, Cancellation)).Reason is "It waits for the embedding model and goes on by itself: The budget of the tenant is spent.");
        var info = await service.SettleAsync(Alice, uploaded.Id);

        (info.Status, info.Reason).ShouldBe((DocumentStatus.Indexed, null));
        refused.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Embed_ServiceIsOverloaded_IsTriedAgain()
    {
        await using var service = await StartAsync();
        var calls = 0;
        service.Embeddings.Before = _ => Task.FromResult(Interlocked.Increment(ref calls) <= 2 ? Results.StatusCode(429 + (calls * 37)) : null);

        var info = await service.UploadAsync(Alice, "patience.txt", "Patience pays.", "public");

        (await service.SettleAsync(Alice, info.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        calls.ShouldBe(3);
    }

    [Fact]
    public async Task Embed_ServiceStaysDown_FailsWithAReason()
    {
        await using var service = await StartAsync("--Queue:MaxAttempts=2");
        service.Embeddings.Before = _ => Task.FromResult<IResult?>(Results.StatusCode(503));

        var info = await service.UploadAsync(Alice, "down.txt", "Never embedded.", "public");
        var settled = await service.SettleAsync(Alice, info.Id);

        settled.Status.ShouldBe(DocumentStatus.Failed);
        settled.Reason!.ShouldContain("after several attempts");
    }

    [Fact]
    public async Task Embed_OneTextIsTooLong_IsShortenedAlone()
    {
        await using var service = await StartAsync();
        service.Embeddings.Before = request => Task.FromResult(
            request.Input.Any(text => text.Length > 120) ? Results.Problem("513 tokens, 512 at most", statusCode: 400) : null);

        var info = await service.UploadAsync(Alice, "long.md", $"# A\n\nShort.\n\n# B\n\n{string.Join(' ', Enumerable.Repeat("lengthy", 60))}", "public");

        (await service.SettleAsync(Alice, info.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        service.Embeddings.Texts.ShouldContain("A\nShort.");
    }

    /// <summary>A refusal of the embedding service that asks to come back after a second.</summary>
    private sealed class Refusal(int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = "1";
            return Results.Problem("The budget of the tenant is spent.", statusCode: status).ExecuteAsync(httpContext);
        }
    }
}
