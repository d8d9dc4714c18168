using System.Net;
using System.Net.Http.Headers;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway;

public sealed class DocumentIdTests
{
    private static readonly Principal Alice = new("acme", "alice", [], [], Region: null);

    public static TheoryData<string> NoIds =>
        ["a%2Fb", "'", "\"", " ", new string('x', 300), new string('F', 32), new string('0', 31), new string('0', 33), "ü文🦆", "%2e%2e%2fdocuments", "a;b", "0000000000000000000000000000000\n"];

    [Theory]
    [MemberData(nameof(NoIds))]
    public async Task AnyRoute_WithWhatIsNoId_Is404AndReachesNoService(string id)
    {
        await using var documents = await StubService.StartAsync(_ => Task.CompletedTask, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();

        foreach (var (method, tail, body) in ((string, string, string?)[])
            [("GET", "", null), ("GET", "/text", null), ("GET", "/original", null), ("GET", "/children", null), ("DELETE", "", null), ("PUT", "/access", """{"access":["public"]}"""), ("PUT", "/tags", """{"tags":[]}""")])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"v1/documents/{Uri.EscapeDataString(id)}{tail}");
            if (body is not null)
                request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
            using var response = await client.SendAsync(request, Cancellation);
            (await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, Cancellation)).Detail.ShouldBe(DocumentId.Unknown);
        }
        documents.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("lookup")]
    public async Task Client_WithWhatIsNoId_SendsNothing(string id)
    {
        await using var documents = await StubService.StartAsync(_ => Task.CompletedTask, Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(documents.Address) };
        var client = new DocumentClient(http);

        var refusal = await Should.ThrowAsync<ApiException>(() => client.GetAsync(Alice, id, Cancellation));

        refusal.Status.ShouldBe(HttpStatusCode.NotFound);
        documents.Requests.ShouldBeEmpty();
    }
}
