using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RagApp.Contracts;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway;

public sealed class AuthenticationTests
{
    private const string Key = "k-7f0c2a9d";

    private static readonly string[] ConfiguredKey =
    [
        $"--ApiKeys:0:Hash={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}",
        "--ApiKeys:0:Tenant=initech",
        "--ApiKeys:0:Subject=peter",
        "--ApiKeys:0:Groups:0=tps",
        "--ApiKeys:0:Roles:0=admin",
    ];

    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer k-7f0c2a9d", null, HttpStatusCode.OK)]
    [InlineData("bearer k-7f0c2a9d", null, HttpStatusCode.OK)]
    [InlineData(null, "k-7f0c2a9d", HttpStatusCode.OK)]
    [InlineData("Bearer k-7f0c2a9d", "k-7f0c2a9d", HttpStatusCode.OK)]
    [InlineData("Bearer k-7f0c2a9d", "another", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer another", "k-7f0c2a9d", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer another", null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer ", null, HttpStatusCode.Unauthorized)]
    [InlineData("Basic k-7f0c2a9d", null, HttpStatusCode.Unauthorized)]
    [InlineData("k-7f0c2a9d", null, HttpStatusCode.Unauthorized)]
    [InlineData(null, "K-7F0C2A9D", HttpStatusCode.Unauthorized)]
    public async Task Me_ByHeaders_OnlyTheKeyOpens(string? authorization, string? apiKey, HttpStatusCode expected)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Production", settings: ConfiguredKey);
        using var client = gateway.Client(key: null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/me");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (apiKey is not null)
            request.Headers.TryAddWithoutValidation("X-Api-Key", apiKey);

        using var response = await client.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.Unauthorized)
        {
            response.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Bearer");
            (await response.ShouldBeProblemAsync(expected, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("X-Api-Key");
        }
    }

    [Fact]
    public async Task Me_WithAConfiguredKey_IsItsPerson()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Production", settings: ConfiguredKey);
        using var client = gateway.Client(Key);

        var me = await client.GetFromJsonAsync("v1/me", ContractsJson.Default.PersonInfo, Cancellation);

        me.ShouldNotBeNull();
        (me.Tenant, me.Subject).ShouldBe(("initech", "peter"));
        me.Groups.ShouldBe(["tps"]);
        me.Roles.ShouldBe(["admin"]);
    }

    [Theory]
    [InlineData("demo-alice", "acme", "staff,finance")]
    [InlineData("demo-bob", "acme", "staff,engineering")]
    [InlineData("demo-eve", "globex", "staff")]
    public async Task Me_AsDemoPersonInDevelopment_IsThatPerson(string key, string tenant, string groups)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client(key);

        var me = await client.GetFromJsonAsync("v1/me", ContractsJson.Default.PersonInfo, Cancellation);

        me.ShouldNotBeNull();
        (me.Tenant, me.Subject).ShouldBe((tenant, key));
        me.Groups.ShouldBe(groups.Split(','));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("development-2")]
    public async Task Me_AsDemoPersonElsewhere_IsRefused(string environment)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: environment);
        foreach (var key in new[] { "demo-alice", "demo-bob", "demo-eve" })
        {
            using var client = gateway.Client(key);
            using var response = await client.GetAsync("v1/me", Cancellation);
            await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, Cancellation);
        }
    }

    [Fact]
    public async Task DemoPeople_InDevelopment_AreListedToAnyone()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client(key: null);

        var list = await client.GetFromJsonAsync("v1/demo-people", ContractsJson.Default.DemoPeopleList, Cancellation);

        list!.People.Select(person => person.Subject).ShouldBe(["demo-alice", "demo-bob", "demo-eve"]);
    }

    [Fact]
    public async Task SignIn_WithoutAnIssuer_IsNothingForThePage()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client(key: null);

        using var response = await client.GetAsync("v1/sign-in", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task DemoPeople_InProduction_DoNotExist()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Production", settings: ConfiguredKey);
        using var client = gateway.Client(Key);

        using var response = await client.GetAsync("v1/demo-people", Cancellation);

        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, Cancellation);
    }

    [Theory]
    [InlineData("GET", "v1/documents")]
    [InlineData("POST", "v1/documents")]
    [InlineData("GET", "v1/documents/1")]
    [InlineData("GET", "v1/documents/1/text")]
    [InlineData("GET", "v1/documents/1/original")]
    [InlineData("GET", "v1/documents/1/children")]
    [InlineData("GET", "v1/documents/events")]
    [InlineData("POST", "v1/documents/lookup")]
    [InlineData("PUT", "v1/documents/1/access")]
    [InlineData("DELETE", "v1/documents/1")]
    [InlineData("POST", "v1/search")]
    [InlineData("GET", "v1/glossary")]
    [InlineData("PUT", "v1/glossary")]
    [InlineData("POST", "v1/answers")]
    [InlineData("GET", "v1/me")]
    [InlineData("GET", "v1/no-such-thing")]
    [InlineData("GET", "no-such-file.js")]
    public async Task AnyEndpoint_WithoutAKey_Is401(string method, string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client(key: null);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await client.SendAsync(request, Cancellation);

        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, Cancellation);
    }

    [Fact]
    public async Task Call_ToAService_CarriesTheCallersPrincipal()
    {
        AuthenticationHeaderValue? sent = null;
        await using var documents = await StubService.StartAsync(context =>
        {
            sent = AuthenticationHeaderValue.Parse(context.Request.Headers.Authorization.ToString());
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"documents":[]}""");
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents: documents);
        using var client = gateway.Client("demo-bob");

        using var response = await client.GetAsync("v1/documents?limit=5", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        documents.Requests.ShouldBe(["GET /documents?limit=5"]);
        var claims = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(sent!.Parameter).Claims.ToLookup(claim => claim.Type, claim => claim.Value);
        claims["tenant"].ShouldBe(["acme"]);
        claims["sub"].ShouldBe(["demo-bob"]);
        claims["groups"].ShouldBe(["staff", "engineering"]);
    }

    [Fact]
    public async Task Build_WithAKeyInPlaceOfItsHash_StopsTheStart()
    {
        var start = () => GatewayUnderTest.StartAsync(
            Cancellation, settings: ["--ApiKeys:0:Hash=secret", "--ApiKeys:0:Tenant=t", "--ApiKeys:0:Subject=s"]);

        (await start.ShouldThrowAsync<OptionsValidationException>()).Message.ShouldContain("SHA-256");
    }

    [Theory]
    [InlineData("", "s")]
    [InlineData(" ", "s")]
    [InlineData("t", "\t ")]
    [InlineData("t", "")]
    public async Task Build_WithABlankTenantOrSubject_StopsTheStart(string tenant, string subject)
    {
        var start = () => GatewayUnderTest.StartAsync(
            Cancellation, settings: [$"--ApiKeys:0:Hash={new string('a', 64)}", $"--ApiKeys:0:Tenant={tenant}", $"--ApiKeys:0:Subject={subject}"]);

        (await start.ShouldThrowAsync<OptionsValidationException>()).Message.ShouldContain("is missing");
    }
}
