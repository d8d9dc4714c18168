using System.Net;

namespace RagApp.Tests.Gateway;

public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData(null, "localhost", true)]
    [InlineData(null, "127.0.0.1", true)]
    [InlineData(null, "[::1]", true)]
    [InlineData(null, "ragapp.localhost", true)]
    [InlineData(null, "rag.example.org", false)]
    [InlineData(null, "localhost.example.org", false)]
    [InlineData("rag.example.org; *.example.net", "rag.example.org", true)]
    [InlineData("rag.example.org; *.example.net", "RAG.example.org", true)]
    [InlineData("rag.example.org; *.example.net", "a.example.net", true)]
    [InlineData("rag.example.org; *.example.net", "localhost", false)]
    [InlineData("*", "anything.example.org", true)]
    public async Task Me_UnderAName_IsAnsweredWhenTheNameIsAllowed(string? allowed, string host, bool answered)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            Cancellation, environment: "Production", settings: allowed is null ? [] : [$"--AllowedHosts={allowed}"]);
        using var client = gateway.Client(key: null);

        using var response = await GetAsync(client, "v1/me", host);

        if (answered)
            await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, Cancellation);
        else
            (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("AllowedHosts");
    }

    [Fact]
    public async Task Health_UnderAnyName_IsAnswered()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Production");
        using var client = gateway.Client(key: null);

        using var response = await GetAsync(client, "health", "10.1.2.3");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        return await client.SendAsync(request, Cancellation);
    }
}
