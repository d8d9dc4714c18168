using System.Net;
using System.Text;

namespace RagApp.Tests.Gateway.Limits;

/// <summary>The gateway towards browsers of other sites, and towards large requests.</summary>
public sealed class EdgeTests
{
    [Theory]
    [InlineData("OPTIONS", "v1/answers")]
    [InlineData("GET", "v1/me")]
    [InlineData("GET", "")]
    public async Task Request_OfAnotherSite_GetsNoPermissionToRead(string method, string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Origin", "https://evil.example.org");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization");

        using var response = await client.SendAsync(request, Cancellation);

        response.Headers.ShouldNotContain(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        response.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("v1/answers")]
    [InlineData("v1/search")]
    [InlineData("v1/admin/api-keys")]
    public async Task Body_OverTheLimit_Is413(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();
        using var body = new StringContent($"{{\"question\":\"{new string('x', 300 * 1024)}\"}}", Encoding.UTF8, "application/json");

        using var response = await client.PostAsync(path, body, Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("262,144 bytes");
    }

    [Fact]
    public async Task Policy_OfEveryResponse_AllowsNoInlineCodeAndNoText()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client();

        foreach (var path in new[] { "", "v1/me", "no-such-thing", "js/app.js" })
        {
            using var response = await client.GetAsync(path, Cancellation);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldStartWith("default-src 'none'");
            policy.ShouldContain("require-trusted-types-for 'script'");
            policy.ShouldNotContain("unsafe");
            response.Headers.GetValues("Permissions-Policy").Single().ShouldContain("camera=()");
        }
    }
}
