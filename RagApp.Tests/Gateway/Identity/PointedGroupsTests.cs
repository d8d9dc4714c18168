using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RagApp.Contracts;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Tests.Query;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Identity;

/// <summary>Tokens that point to the groups instead of naming them, with a real HTTP server that knows the groups.</summary>
public sealed class PointedGroupsTests : IAsyncLifetime
{
    private const string Subject = "f3b1c2";
    private const string GoodAnswer = """{"sub":"f3b1c2","groups":["board","legal"],"roles":["admin"]}""";

    private OidcIssuer _issuer = null!;
    private StubService _elsewhere = null!;
    private RequestDelegate _answer = context => StubService.AnswerAsync(context, StatusCodes.Status200OK, GoodAnswer);

    public async ValueTask InitializeAsync()
    {
        _issuer = await OidcIssuer.StartAsync(TestContext.Current.CancellationToken);
        _elsewhere = await StubService.StartAsync(context => _answer(context), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _elsewhere.DisposeAsync();
    }

    [Fact]
    public async Task Me_GroupsElsewhere_AreFetchedOnceForEachTokenAndWithIt()
    {
        string? credential = null;
        _answer = context =>
        {
            credential = context.Request.Headers.Authorization;
            return StubService.AnswerAsync(context, StatusCodes.Status200OK, GoodAnswer);
        };
        await using var gateway = await StartAsync();
        var token = Pointing();

        (await MeAsync(gateway, token)).Groups.ShouldBe(["board", "legal"]);
        (await MeAsync(gateway, token)).Roles.ShouldBe(["member"], "roles were not pointed to");

        _elsewhere.Requests.ShouldBe(["GET /userinfo"]);
        credential.ShouldBe($"Bearer {token}");
        (await MeAsync(gateway, _issuer.Token(("groups", null), ("hasgroups", true)))).Groups.ShouldBe(["board", "legal"]);
        _elsewhere.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Me_GroupTakenAwayMeanwhile_IsGoneWithTheNextToken()
    {
        await using var gateway = await StartAsync();
        await MeAsync(gateway, Pointing());
        _answer = context => StubService.AnswerAsync(context, StatusCodes.Status200OK, """{"sub":"f3b1c2","groups":["legal"]}""");

        (await MeAsync(gateway, Pointing(("jti", "next")))).Groups.ShouldBe(["legal"]);
    }

    [Fact]
    public async Task Me_AddressInTheToken_IsNeverCalled()
    {
        await using var trap = await StubService.StartAsync(context => StubService.AnswerAsync(context, StatusCodes.Status200OK, GoodAnswer), Cancellation);
        await using var gateway = await StartAsync();
        var token = Pointing(("_claim_sources", new JsonObject { ["src1"] = new JsonObject { ["endpoint"] = $"{trap.Address}/groups", ["access_token"] = "x" } }));

        await MeAsync(gateway, token);

        trap.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Me_RolesElsewhere_AreFetchedToo()
    {
        await using var gateway = await StartAsync();

        var me = await MeAsync(gateway, Pointing(("_claim_names", new JsonObject { ["groups"] = "src1", ["roles"] = "src1" })));

        me.Roles.ShouldBe(["member", "admin"]);
    }

    [Theory]
    [InlineData(200, """{"sub":"somebody-else","groups":["board"]}""", HttpStatusCode.Forbidden, "for another person")]
    [InlineData(200, """{"groups":["board"]}""", HttpStatusCode.Forbidden, "for another person")]
    [InlineData(200, """{"sub":"f3b1c2"}""", HttpStatusCode.Forbidden, "did not send 'groups'")]
    [InlineData(200, """{"sub":"f3b1c2","groups":null}""", HttpStatusCode.Forbidden, "did not send 'groups'")]
    [InlineData(200, """{"sub":"f3b1c2","groups":[1]}""", HttpStatusCode.Forbidden, "no list of names")]
    [InlineData(200, "[]", HttpStatusCode.Forbidden, "for another person")]
    [InlineData(401, "{}", HttpStatusCode.Forbidden, "SignIn:GroupsEndpoint")]
    [InlineData(302, "{}", HttpStatusCode.Forbidden, "SignIn:GroupsEndpoint")]
    [InlineData(500, "{}", HttpStatusCode.ServiceUnavailable, "does not answer")]
    [InlineData(200, "no JSON", HttpStatusCode.ServiceUnavailable, "does not answer")]
    public async Task Me_AnswerThatSaysNoGroups_IsRefusedAndNeverReadAsNoGroups(int status, string answer, HttpStatusCode expected, string sentence)
    {
        _answer = context =>
        {
            if (status == 302)
                context.Response.Headers.Location = _elsewhere.Address + "/other";
            return StubService.AnswerAsync(context, status, answer);
        };
        await using var gateway = await StartAsync();

        (await RefusalAsync(gateway, Pointing(), expected)).ShouldContain(sentence);

        _elsewhere.Requests.ShouldBe(["GET /userinfo"]);
    }

    [Fact]
    public async Task Me_AnswerWithoutEnd_IsCutOff()
    {
        var line = new string('x', 10_000);
        _answer = async context =>
        {
            context.Response.ContentType = "application/json";
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(line, context.RequestAborted);
        };
        await using var gateway = await StartAsync();

        (await RefusalAsync(gateway, Pointing(), HttpStatusCode.ServiceUnavailable)).ShouldContain("does not answer");
    }

    [Fact]
    public async Task Search_PersonInThreeThousandGroups_ReachesTheServicesBehind()
    {
        var person = new Principal("acme", "alice", [.. Enumerable.Range(0, 3_000).Select(number => $"{new Guid(number, 0, 0, new byte[8])}")], [], Region: null);
        await using var query = await QueryUnderTest.StartAsync(
            [QueryUnderTest.Document("board.md", "The board meets in May.", AccessEntry.Group(person.Groups[^1]))], Cancellation);

        (await query.SearchAsync(new SearchRequest("When does the board meet?"), person)).Hits.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("--SignIn:GroupsEndpoint=http://groups.example.org/userinfo", "SignIn:GroupsEndpoint is an https address")]
    [InlineData("--SignIn:GroupsEndpoint=file:///etc/passwd", "SignIn:GroupsEndpoint is an https address")]
    [InlineData("--SignIn:Scope=profile", "SignIn:Scope has no 'openid'")]
    public async Task Build_WithUnsafeSettings_StopsTheStart(string setting, string sentence)
    {
        var start = () => GatewayUnderTest.StartAsync(Cancellation, settings: [.. _issuer.Settings, setting]);

        (await start.ShouldThrowAsync<OptionsValidationException>()).Message.ShouldContain(sentence);
    }

    private Task<GatewayUnderTest> StartAsync() => GatewayUnderTest.StartAsync(
        Cancellation, environment: "Production", settings: [.. _issuer.Settings, $"--SignIn:GroupsEndpoint={_elsewhere.Address}/userinfo"]);

    private string Pointing(params (string Claim, JsonNode? Value)[] changes) => _issuer.Token(
    [
        ("groups", null), ("sub", Subject), ("_claim_names", new JsonObject { ["groups"] = "src1" }),
        ("_claim_sources", new JsonObject { ["src1"] = new JsonObject { ["endpoint"] = "https://graph.example.org/users/1/getMemberObjects" } }), .. changes,
    ]);

    private static async Task<PersonInfo> MeAsync(GatewayUnderTest gateway, string token)
    {
        using var client = gateway.Client(token);
        using var response = await client.GetAsync("v1/me", Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancellation));
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.PersonInfo, Cancellation))!;
    }

    private static async Task<string> RefusalAsync(GatewayUnderTest gateway, string token, HttpStatusCode status)
    {
        using var client = gateway.Client(token);
        using var response = await client.GetAsync("v1/me", Cancellation);
        return (await response.ShouldBeProblemAsync(status, Cancellation)).Detail.ShouldNotBeNull();
    }
}
