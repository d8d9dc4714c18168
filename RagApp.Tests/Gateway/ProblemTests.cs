using System.Net;
using System.Net.Http.Headers;

namespace RagApp.Tests.Gateway;

public sealed class ProblemTests
{
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

    [Theory]
    [InlineData("GET", "v1/no-such-thing", null, "/openapi/v1.json")]
    [InlineData("PUT", "v1/documents/1", null, "it takes DELETE, GET")]
    [InlineData("GET", "v1/documents?limit=many", null, "'limit'")]
    [InlineData("POST", "v1/answers", "", "The body is empty")]
    [InlineData("POST", "v1/answers", "null", "The body is empty")]
    [InlineData("POST", "v1/answers", "{}", "'question' is missing")]
    [InlineData("POST", "v1/answers", """{"question":"q","history":[{"role":"user"}]}""", "At $.history[0]: 'text' is missing")]
    [InlineData("POST", "v1/documents/lookup", """{"paths":["a",null]}""", "Member 1 of 'paths' is empty")]
    public async Task AnyError_OfTheRequest_NamesTheWayOut(string method, string path, string? body, string words)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));

        using var response = await client.SendAsync(request, Cancellation);

        (await response.ShouldBeProblemAsync(response.StatusCode, Cancellation)).Detail.ShouldNotBeNull().ShouldContain(words);
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("text/html")]
    public async Task AnyError_ToWhoAcceptsSomethingElse_IsProblemDetails(string accepted)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/search") { Content = new StringContent("""{"query":"q"}""", MediaTypeHeaderValue.Parse("application/json")) };
        request.Headers.Accept.ParseAdd(accepted);

        using var response = await client.SendAsync(request, Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadGateway, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("Try again");
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

        (await response.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("Content-Type: application/json");
    }

    [Fact]
    public async Task Answer_WithAHugeBody_Is413()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();

        using var response = await client.PostAsync("v1/answers",
            new StringContent($$"""{"question":"{{new string('x', 400_000)}}"}""", MediaTypeHeaderValue.Parse("application/json")), Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("262,144 bytes");
    }
}
