using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RagApp.Tests.Gateway;

public sealed partial class WebPageTests
{
    [Fact]
    public async Task Page_Anonymous_IsServedWithAStrictPolicy()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Production");
        using var client = gateway.Client(key: null);

        using var response = await client.GetAsync("", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("script-src 'self';");
        policy.ShouldNotContain("unsafe");
    }

    /// <summary>The file is that of the npm package marked 18.2.1, byte for byte: an update replaces the file and this sum.</summary>
    [Fact]
    public async Task MarkdownLibrary_IsTheOneOfThePackage()
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "RagApp.Gateway", "wwwroot", "vendor", "marked.esm.js"), Cancellation);

        Convert.ToHexStringLower(SHA256.HashData(file)).ShouldBe("5371fea86fd0656b4fc7bea7c94c663109d82789b69433eeee78d42895aa44de");
    }

    [Fact]
    public async Task RecipesForModels_Anonymous_OpenInTheBrowser()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Production");
        using var client = gateway.Client(key: null);

        using var response = await client.GetAsync("docs/models.md", Cancellation);

        response.Content.Headers.ContentType?.ToString().ShouldBe("text/plain; charset=utf-8");
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("--Chat:Local=ollama/");
    }

    [Fact]
    public async Task Error_CarriesTheSecurityHeadersToo()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();

        using var response = await client.GetAsync("v1/documents", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        response.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task OpenApi_Anonymous_DescribesEveryEndpointAndTheKeys()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Production");
        using var client = gateway.Client(key: null);

        using var document = JsonDocument.Parse(await client.GetStringAsync("openapi/v1.json", Cancellation));

        document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal).ShouldBe(
            ["/v1/admin/api-keys", "/v1/admin/api-keys/{id}", "/v1/admin/sessions/end", "/v1/answers", "/v1/audit", "/v1/chat/completions", "/v1/documents", "/v1/documents/events", "/v1/documents/lookup", "/v1/documents/{id}", "/v1/documents/{id}/access", "/v1/documents/{id}/children", "/v1/documents/{id}/original", "/v1/documents/{id}/tags", "/v1/documents/{id}/text", "/v1/embeddings", "/v1/glossary", "/v1/me", "/v1/models", "/v1/search", "/v1/usage"]);
        document.RootElement.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(scheme => scheme.Name)
            .Order(StringComparer.Ordinal).ShouldBe(["apiKey", "bearer"]);
        document.RootElement.GetProperty("paths").GetProperty("/v1/documents").GetProperty("post").GetProperty("requestBody")
            .GetProperty("content").TryGetProperty("multipart/form-data", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/v1/documents")]
    [InlineData("/v1/documents/{id}/children")]
    public async Task OpenApi_Lists_SayWhatTheirParametersMayBe(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Production");
        using var client = gateway.Client(key: null);

        using var document = JsonDocument.Parse(await client.GetStringAsync("openapi/v1.json", Cancellation));

        var parameters = document.RootElement.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray()
            .Where(parameter => parameter.GetProperty("in").GetString() == "query")
            .ToDictionary(parameter => parameter.GetProperty("name").GetString()!, StringComparer.Ordinal);
        parameters.Keys.ShouldBe(["tag", "type", "source", "title", "path", "name", "status", "sort", "order", "after", "limit"], ignoreOrder: true);
        foreach (var parameter in parameters.Values)
        {
            parameter.GetProperty("description").GetString().ShouldNotBeNullOrEmpty();
            parameter.TryGetProperty("required", out _).ShouldBeFalse();
        }
        Values(parameters["sort"].GetProperty("schema")).ShouldBe(["name", "date", "size"]);
        Values(parameters["order"].GetProperty("schema")).ShouldBe(["asc", "desc"]);
        Values(parameters["status"].GetProperty("schema").GetProperty("items")).ShouldContain("unpacking");

        static IEnumerable<string?> Values(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(value => value.GetString());
    }

    [Fact]
    public async Task Reference_Anonymous_LoadsOnlyFromHereUnderItsPolicy()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Production");
        using var client = gateway.Client(key: null);

        using var response = await client.GetAsync("reference/", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await response.Content.ReadAsStringAsync(Cancellation);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = Nonce().Match(policy).Groups["nonce"].Value;
        nonce.Length.ShouldBe(32);
        Scripts().Matches(page).ShouldNotBeEmpty();
        Scripts().Matches(page).ShouldAllBe(script => script.Value.Contains(nonce));
        page.ShouldNotContain("//", customMessage: "nothing is loaded from another host");
        foreach (Match source in Sources().Matches(page))
        {
            using var script = await client.GetAsync($"reference/{source.Groups["path"].Value}", Cancellation);
            script.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scripts();

    [GeneratedRegex("<script[^>]*src=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sources();

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Nonce();
}
