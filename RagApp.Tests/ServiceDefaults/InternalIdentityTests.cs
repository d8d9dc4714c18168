using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using RagApp.Contracts.Identity;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Identity;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.ServiceDefaults;

public sealed class InternalIdentityTests : IAsyncLifetime
{
    private static readonly Principal Alice = new("acme", "alice", ["staff", "finance"], ["admin"], "eu");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _client = new();
    private WebApplication _service = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(ServiceSettings.Common);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddServiceDefaults();
        builder.Services.AddInternalIdentity();
        _service = builder.Build();
        _service.MapServiceDefaults();
        _service.UseAuthentication();
        _service.UseAuthorization();
        _service.MapGet("/who", (CallerPrincipal caller) => caller.Principal);
        await _service.StartAsync(Cancellation);
        _client.BaseAddress = new Uri(_service.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task Call_WithAToken_IsMadeByItsPrincipal()
    {
        using var response = await CallAsync(Token());

        var principal = await response.Content.ReadFromJsonAsync<Principal>(Cancellation);
        principal.ShouldNotBeNull();
        (principal.Tenant, principal.Subject, principal.Region).ShouldBe(("acme", "alice", "eu"));
        principal.Groups.ShouldBe(["staff", "finance"]);
        principal.Roles.ShouldBe(["admin"]);
    }

    [Fact]
    public async Task Call_WithoutAToken_Is401() => await ShouldBeRefusedAsync(token: null);

    [Fact]
    public async Task Call_SignedWithAnotherKey_Is401() =>
        await ShouldBeRefusedAsync(ServiceSettings.TokenFor(Alice, "another-signing-key-of-at-least-32-characters", _time));

    [Fact]
    public async Task Call_AfterTheTokenHasExpired_Is401()
    {
        var token = Token();
        _time.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(9));
        (await CallAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        _time.Advance(TimeSpan.FromSeconds(2));

        await ShouldBeRefusedAsync(token);
    }

    [Fact]
    public async Task Call_WithATokenOfTheFuture_Is401()
    {
        var ahead = new FakeTimeProvider(_time.GetUtcNow() + TimeSpan.FromMinutes(5));

        await ShouldBeRefusedAsync(ServiceSettings.TokenFor(Alice, time: ahead));
    }

    [Fact]
    public async Task Call_WithAChangedClaim_Is401()
    {
        var parts = Token().Split('.');
        var claims = JsonSerializer.Deserialize<Dictionary<string, object>>(Base64UrlEncoder.Decode(parts[1]))!;
        claims["tenant"] = "globex";
        parts[1] = Base64UrlEncoder.Encode(JsonSerializer.Serialize(claims));

        await ShouldBeRefusedAsync(string.Join('.', parts));
    }

    [Fact]
    public async Task Call_WithAnUnsignedToken_Is401()
    {
        var claims = Token().Split('.')[1];
        var header = Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes("""{"alg":"none","typ":"JWT"}"""));

        await ShouldBeRefusedAsync($"{header}.{claims}.");
    }

    [Theory]
    [InlineData("", "alice")]
    [InlineData("  ", "alice")]
    [InlineData("acme", "")]
    [InlineData("acme", "\t\u2003")]
    public async Task Call_WithABlankTenantOrSubject_Is401(string tenant, string subject) =>
        await ShouldBeRefusedAsync(ServiceSettings.TokenFor(Alice with { Tenant = tenant, Subject = subject }, time: _time));

    [Fact]
    public async Task Call_ToAnUnknownRouteWithoutAToken_Is401() =>
        (await _client.GetAsync("/no-such-route", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("/health")]
    [InlineData("/ready")]
    public async Task Health_WithoutAToken_Answers(string path) =>
        (await _client.GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);

    private string Token() => ServiceSettings.TokenFor(Alice, time: _time);

    private async Task ShouldBeRefusedAsync(string? token)
    {
        using var response = await CallAsync(token);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    private async Task<HttpResponseMessage> CallAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/who");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _client.SendAsync(request, Cancellation);
    }
}
