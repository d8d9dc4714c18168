using System.Net;
using System.Net.Http.Json;
using RagApp.Contracts;
using RagApp.Contracts.Embeddings;
using RagApp.Tests.Gateway;

namespace RagApp.Tests.Embedding;

public sealed class QueueFullTests
{
    [Fact]
    public async Task Embed_MoreThanTheLaneHolds_Is429WithRetryAfter()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var service = await EmbeddingUnderTest.StartAsync(stop, "--Embedding:Scheduling:BulkCapacity=3");
        using var http = service.Http();
        var request = new EmbeddingsRequest(["1", "2", "3", "4"], Priority: EmbeddingPriority.Bulk);

        var answer = await http.PostAsJsonAsync("v1/embeddings", request, ContractsJson.Default.EmbeddingsRequest, stop);

        answer.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, stop);
        problem.RetryAfter.ShouldBe(5);
        problem.Detail.ShouldNotBeNull().ShouldContain("4 more texts");
    }
}
