using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using RagApp.Contracts;
using RagApp.Contracts.Identity;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Identity;

/// <summary>Sign-in with tokens of an issuer, which is a real HTTP server here.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private OidcIssuer _issuer = null!;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public async ValueTask InitializeAsync() => _issuer = await OidcIssuer.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Fact]
    public async Task Me_WithAToken_IsItsSubjectWithItsGroups()
    {
        await using var gateway = await StartAsync();

        var me = await MeAsync(gateway, _issuer.Token(("roles", new JsonArray("admin", "something else"))));

        (me.Tenant, me.Subject).ShouldBe(("acme", "f3b1c2"));
        me.Groups.ShouldBe(["staff", "finance"]);
        me.Roles.ShouldBe(["member", "admin"]);
        me.KeyId.ShouldBeNull();
    }

    [Fact]
    public async Task Me_TokenHasAnEmailAddress_SubjectIsNeverIt()
    {
        await using var gateway = await StartAsync();

        (await MeAsync(gateway, _issuer.Token())).Subject.ShouldBe("f3b1c2");
        (await RefusalAsync(gateway, _issuer.Token(("sub", null)), HttpStatusCode.Forbidden)).ShouldContain("no usable subject in the claim 'sub'");
    }

    [Fact]
    public async Task Me_EmailIsTheConfiguredClaim_SubjectIsIt()
    {
        await using var gateway = await StartAsync("--SignIn:SubjectClaim=email");

        (await MeAsync(gateway, _issuer.Token())).Subject.ShouldBe("alice@example.org");
    }

    [Theory]
    [InlineData("service:document-ingestion")]
    [InlineData("Service:x")]
    [InlineData("al ice")]
    [InlineData(" ")]
    public async Task Me_SubjectWithAMeaningOfItsOwn_IsRefused(string subject)
    {
        await using var gateway = await StartAsync();

        (await RefusalAsync(gateway, _issuer.Token(("sub", subject)), HttpStatusCode.Forbidden)).ShouldContain("subject");
    }

    [Fact]
    public async Task Me_ClaimsOfOtherNames_AreThoseConfigured()
    {
        await using var gateway = await StartAsync(
            "--SignIn:Tenant=", "--SignIn:TenantClaim=https://example.org/organisation", "--SignIn:RolesClaim=realm_access.roles", "--SignIn:GroupsClaim=member_of",
            "--SignIn:RegionClaim=region", "--SignIn:AdminRole=ragapp-admin", "--SignIn:AuditorRole=ragapp-auditor");
        var token = _issuer.Token(
            ("https://example.org/organisation", "globex"), ("member_of", "sales"), ("region", "eu"),
            ("realm_access", new JsonObject { ["roles"] = new JsonArray("ragapp-auditor", "admin") }));

        var me = await MeAsync(gateway, token);

        me.Tenant.ShouldBe("globex");
        me.Groups.ShouldBe(["sales"]);
        me.Roles.ShouldBe(["member", "auditor"]);
    }

    [Fact]
    public async Task Me_NoTenantInTheToken_IsRefused()
    {
        await using var gateway = await StartAsync("--SignIn:Tenant=");

        (await RefusalAsync(gateway, _issuer.Token(), HttpStatusCode.Forbidden)).ShouldContain("no usable tenant in the claim 'tenant'");
        (await RefusalAsync(gateway, _issuer.Token(("tenant", "$installation")), HttpStatusCode.Forbidden)).ShouldContain("tenant");
        (await MeAsync(gateway, _issuer.Token(("tenant", "initech")))).Tenant.ShouldBe("initech");
    }

    [Fact]
    public async Task Me_PointerInPlaceOfGroups_IsRefusedWithAReasonAndNotReadAsNoGroups()
    {
        await using var gateway = await StartAsync();
        var distributed = _issuer.Token(
            ("groups", null),
            ("_claim_names", new JsonObject { ["groups"] = "src1" }),
            ("_claim_sources", new JsonObject { ["src1"] = new JsonObject { ["endpoint"] = "https://graph.example.org/users/1/getMemberObjects" } }));

        (await RefusalAsync(gateway, distributed, HttpStatusCode.Forbidden)).ShouldContain("instead of the groups");
        (await RefusalAsync(gateway, _issuer.Token(("groups", null), ("hasgroups", true)), HttpStatusCode.Forbidden)).ShouldContain("instead of the groups");
        (await RefusalAsync(gateway, _issuer.Token(("groups", new JsonObject { ["link"] = "https://example.org" })), HttpStatusCode.Forbidden)).ShouldContain("no list of names");
        (await RefusalAsync(gateway, _issuer.Token(("groups", new JsonArray(1, 2))), HttpStatusCode.Forbidden)).ShouldContain("no list of names");
    }

    [Fact]
    public async Task Me_PersonInNoGroup_HasNone()
    {
        await using var gateway = await StartAsync();

        (await MeAsync(gateway, _issuer.Token(("groups", null)))).Groups.ShouldBeEmpty();
        (await MeAsync(gateway, _issuer.Token(("groups", new JsonArray())))).Groups.ShouldBeEmpty();
    }

    [Fact]
    public async Task Me_GroupsOfDifferentCase_StayDifferentGroups()
    {
        await using var gateway = await StartAsync();

        var me = await MeAsync(gateway, _issuer.Token(("groups", new JsonArray("Staff", "staff", "STAFF", "staff"))));

        me.Groups.ShouldBe(["Staff", "staff", "STAFF"]);
    }

    [Fact]
    public async Task Me_RoleTakenAwayAtTheIssuer_IsGoneWithTheNextToken()
    {
        await using var gateway = await StartAsync();
        var before = _issuer.Token(("roles", new JsonArray("admin")), ("groups", new JsonArray("staff", "finance")));
        var after = _issuer.Token(("roles", new JsonArray()), ("groups", new JsonArray("staff")));

        (await MeAsync(gateway, before)).Roles.ShouldContain(Role.Admin);
        var me = await MeAsync(gateway, after);

        me.Roles.ShouldBe(["member"]);
        me.Groups.ShouldBe(["staff"]);
    }

    [Fact]
    public async Task Me_MemberRoleIsDemanded_OthersAreRefused()
    {
        await using var gateway = await StartAsync("--SignIn:MemberRole=ragapp");

        (await RefusalAsync(gateway, _issuer.Token(("roles", new JsonArray("admin"))), HttpStatusCode.Forbidden)).ShouldContain("not a member");
        (await MeAsync(gateway, _issuer.Token(("roles", new JsonArray("ragapp"))))).Roles.ShouldBe(["member"]);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("RS256")]
    [InlineData("")]
    public async Task Me_UnsignedToken_IsRefused(string algorithm)
    {
        await using var gateway = await StartAsync();

        await RefusalAsync(gateway, _issuer.UnsignedToken(algorithm), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Me_TokenOfAnotherSigner_IsRefused()
    {
        await using var gateway = await StartAsync();

        await RefusalAsync(gateway, _issuer.TokenSignedWithPublicKey(), HttpStatusCode.Unauthorized);
        await RefusalAsync(gateway, _issuer.ForgedToken(), HttpStatusCode.Unauthorized);
        await RefusalAsync(gateway, _issuer.TokenWithItsOwnKey(), HttpStatusCode.Unauthorized);
        await RefusalAsync(gateway, ServiceSettings.TokenFor(new Principal("acme", "alice", [], ["admin"], Region: null)), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Me_TokenOfAnotherIssuerOrForAnotherAudience_IsRefused()
    {
        await using var gateway = await StartAsync();
        await using var other = await OidcIssuer.StartAsync(Cancellation);

        await RefusalAsync(gateway, other.Token(), HttpStatusCode.Unauthorized);
        (await RefusalAsync(gateway, _issuer.Token(("iss", other.Address)), HttpStatusCode.Unauthorized)).ShouldContain("issuer that is not accepted");
        (await RefusalAsync(gateway, _issuer.Token(("aud", "payroll")), HttpStatusCode.Unauthorized)).ShouldContain("another application");
        await RefusalAsync(gateway, _issuer.Token(("aud", null)), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Me_TimesOfTheToken_AreHeldUpToTheSkew()
    {
        await using var gateway = await StartAsync("--SignIn:ClockSkew=00:01:00");

        await MeAsync(gateway, _issuer.Token(("exp", Now - 20)));
        await MeAsync(gateway, _issuer.Token(("nbf", Now + 20), ("iat", Now + 20)));
        (await RefusalAsync(gateway, _issuer.Token(("exp", Now - 120)), HttpStatusCode.Unauthorized)).ShouldContain("expired");
        await RefusalAsync(gateway, _issuer.Token(("nbf", Now + 120)), HttpStatusCode.Unauthorized);
        await RefusalAsync(gateway, _issuer.Token(("exp", null)), HttpStatusCode.Unauthorized);
        await RefusalAsync(gateway, _issuer.Token(("iat", null)), HttpStatusCode.Unauthorized);
        (await RefusalAsync(gateway, _issuer.Token(("iat", Now - 8_000)), HttpStatusCode.Unauthorized)).ShouldContain("too long ago");
    }

    [Fact]
    public async Task Me_KeyRolledOverWhileRunning_NewTokensComeInAndOldOnesStayOut()
    {
        await using var gateway = await StartAsync();
        var old = _issuer.Token();
        await MeAsync(gateway, old);
        _issuer.RollKey();

        await Eventually.HoldsAsync(async () => await StatusAsync(gateway, _issuer.Token()) == HttpStatusCode.OK);

        await RefusalAsync(gateway, old, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Me_ManyTokensOfInventedKeys_DoNotBurdenTheIssuer()
    {
        await using var gateway = await StartAsync("--RateLimits:FailedSignIns=0");
        await MeAsync(gateway, _issuer.Token());
        await using var other = await OidcIssuer.StartAsync(Cancellation);
        for (var i = 0; i < 40; i++)
        {
            other.RollKey();
            await RefusalAsync(gateway, other.Token(("iss", _issuer.Address)), HttpStatusCode.Unauthorized);
        }

        _issuer.KeyRequests.ShouldBeLessThan(15);
    }

    [Fact]
    public async Task Me_IssuerIsAway_Is503WhileKeysAndHealthGoOn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            Cancellation, settings: ["--SignIn:Authority=http://127.0.0.1:1", $"--SignIn:Audience={OidcIssuer.Audience}", "--SignIn:Tenant=acme"]);

        (await RefusalAsync(gateway, _issuer.Token(), HttpStatusCode.ServiceUnavailable)).ShouldContain("does not answer");
        (await StatusAsync(gateway, GatewayUnderTest.Alice)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Me_RegionOfTheTenantsKeys_HoldsForTokens()
    {
        await using var gateway = await StartAsync(
            "--SignIn:RegionClaim=region", $"--ApiKeys:0:Hash={new string('a', 64)}", "--ApiKeys:0:Tenant=acme", "--ApiKeys:0:Subject=s", "--ApiKeys:0:Region=eu");

        await MeAsync(gateway, _issuer.Token(("region", "eu")));
        (await RefusalAsync(gateway, _issuer.Token(("region", "us")), HttpStatusCode.Forbidden)).ShouldContain("another region");
        (await RefusalAsync(gateway, _issuer.Token(), HttpStatusCode.Forbidden)).ShouldContain("no region");
    }

    [Fact]
    public async Task Me_TokenBesideAnApiKey_IsRefused()
    {
        await using var gateway = await StartAsync();
        using var client = gateway.Client(_issuer.Token());
        client.DefaultRequestHeaders.Add("X-Api-Key", GatewayUnderTest.Alice);

        using var response = await client.GetAsync("v1/me", Cancellation);

        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, Cancellation);
    }

    [Theory]
    [InlineData("--SignIn:Authority=http://issuer.example.org", "--SignIn:Audience=a", "SignIn:Authority is the https address")]
    [InlineData("--SignIn:Authority=issuer", "--SignIn:Audience=a", "SignIn:Authority is the https address")]
    [InlineData("--SignIn:Authority=https://issuer.example.org", "--SignIn:Audience= ", "SignIn:Audience is missing")]
    [InlineData("--SignIn:ClockSkew=01:00:00", "--SignIn:Audience=a", "SignIn:ClockSkew lies between")]
    public async Task Build_WithUnsafeSettings_StopsTheStart(string one, string other, string sentence)
    {
        var start = () => GatewayUnderTest.StartAsync(Cancellation, settings: [one, other]);

        (await start.ShouldThrowAsync<OptionsValidationException>()).Message.ShouldContain(sentence);
    }

    private Task<GatewayUnderTest> StartAsync(params string[] settings) =>
        GatewayUnderTest.StartAsync(Cancellation, environment: "Production", settings: [.. _issuer.Settings, .. settings]);

    private static async Task<PersonInfo> MeAsync(GatewayUnderTest gateway, string token)
    {
        using var client = gateway.Client(token);
        using var response = await client.GetAsync("v1/me", Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancellation));
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.PersonInfo, Cancellation))!;
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayUnderTest gateway, string credential)
    {
        using var client = gateway.Client(credential);
        using var response = await client.GetAsync("v1/me", Cancellation);
        return response.StatusCode;
    }

    private static async Task<string> RefusalAsync(GatewayUnderTest gateway, string token, HttpStatusCode status)
    {
        using var client = gateway.Client(token);
        using var response = await client.GetAsync("v1/me", Cancellation);
        return (await response.ShouldBeProblemAsync(status, Cancellation)).Detail.ShouldNotBeNull();
    }
}
