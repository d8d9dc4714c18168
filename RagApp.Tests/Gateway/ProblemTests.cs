using System.Net;
using System.Net.Http.Headers;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Gateway;

public sealed class ProblemTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "v1/no-such-thing", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "v1/answers", null, HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "v1/documents/1", null, HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "v1/documents?limit=many", null, HttpStatusCode.BadRequest)]
    [InlineData("POST", "v1/answers", "{", HttpStatusCode.BadRequest)]
    [InlineData("POST", "v1/answers", "", HttpStatusCode.BadRequest)]
    [InlineData("POST", "v1/answers", "{}", HttpStatusCode.BadRequest)]
    [InlineData("POST", "v1/answers", """{"question":" "}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "v1/answers", """{"question":"q","top":51}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "v1/search", """{"query":"q","top":"many"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "v1/search", """{"query":"q"}""", HttpStatusCode.BadGateway)]
    public async Task AnyError_IsProblemDetails(string method, string path, string? body, HttpStatusCode expected)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Development");
        using var client = gateway.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));

        using var response = await client.SendAsync(request, Cancellation);

        await response.ShouldBeProblemAsync(expected, Cancellation);
    }

    [Fact]
    public async Task Answer_MalformedJson_NamesThePlace()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();

        using var response = await client.PostAsync("v1/answers",
            new StringContent("""{"question":"q","top":"x"}""", MediaTypeHeaderValue.Parse("application/json")), Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("$.top");
    }

    [Fact]
    public async Task Answer_WithAnotherContentType_Is415()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();

        using var response = await client.PostAsync("v1/answers", new StringContent("question=q"), Cancellation);

        await response.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, Cancellation);
    }

    [Fact]
    public async Task Answer_WithAHugeBody_Is413()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();

        using var response = await client.PostAsync("v1/answers",
            new StringContent($$"""{"question":"{{new string('x', 400_000)}}"}""", MediaTypeHeaderValue.Parse("application/json")), Cancellation);

        await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, Cancellation);
    }
}
