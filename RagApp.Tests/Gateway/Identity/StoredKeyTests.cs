using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts;
using RagApp.Contracts.Identity;
using RagApp.Gateway.Authentication;
using RagApp.Gateway.Authentication.Failures;
using RagApp.Gateway.Authentication.Keys;
using RagApp.Storage.Journals;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Identity;

/// <summary>API keys that administrators create, with two replicas of the gateway on one store.</summary>
public sealed class StoredKeyTests : IAsyncLifetime
{
    private const string AdminKey = "key-of-carol";
    private const string PlainKey = "key-of-dave";

    private readonly TemporaryFolder _folder = new();
    private OidcIssuer _issuer = null!;
    private GatewayUnderTest _one = null!;
    private GatewayUnderTest _other = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await OidcIssuer.StartAsync(TestContext.Current.CancellationToken);
        _one = await StartAsync();
        _other = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _issuer.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Create_ByAnAdministrator_KeyOpensOnBothReplicasAndIsStoredAsAHash()
    {
        var created = await CreateAsync(new NewApiKey("night job", "program:night", ["staff"], [], ["read", "write"], ExpiresInDays: 7));

        foreach (var gateway in new[] { _one, _other })
        {
            var me = await MeAsync(gateway, created.Key);
            (me.Tenant, me.Subject, me.KeyId).ShouldBe(("acme", "program:night", created.Info.Id));
            me.Groups.ShouldBe(["staff"]);
        }
        created.Key.ShouldStartWith(created.Info.Prefix);
        created.Info.Prefix.Length.ShouldBeLessThan(created.Key.Length - 50);
        var stored = string.Concat(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        stored.ShouldNotContain(created.Key);
        stored.ShouldNotContain(created.Key[^56..]);
        stored.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(created.Key))));
    }

    [Fact]
    public async Task List_ByAnAdministrator_ShowsPrefixScopesExpiryAndLastUseAndNeverAKey()
    {
        var created = await CreateAsync(new NewApiKey("night job"));
        (await ListAsync()).ShouldHaveSingleItem().LastUsedAt.ShouldBeNull();
        await MeAsync(_other, created.Key);
        await _other.Services.GetRequiredService<KeyUses>().StoreAsync(Cancellation);

        var listed = (await ListAsync()).ShouldHaveSingleItem();

        (listed.Id, listed.Name, listed.Subject, listed.CreatedBy).ShouldBe((created.Info.Id, "night job", "carol", "carol"));
        listed.Scopes.ShouldBe(["read"]);
        (listed.ExpiresAt - listed.CreatedAt).ShouldBe(TimeSpan.FromDays(90));
        listed.LastUsedAt.ShouldNotBeNull();
        using var client = _one.Client(AdminKey);
        (await client.GetStringAsync("v1/admin/api-keys", Cancellation)).ShouldNotContain(created.Key);
    }

    [Fact]
    public async Task Revoke_OnOneReplica_HoldsOnTheOther()
    {
        var created = await CreateAsync(new NewApiKey("lost"));
        await MeAsync(_other, created.Key);
        using var client = _one.Client(AdminKey);

        using var revoked = await client.DeleteAsync($"v1/admin/api-keys/{created.Info.Id}", Cancellation);

        revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RefusalAsync(_one, created.Key)).ShouldContain("was revoked");
        await Eventually.HoldsAsync(async () => await StatusAsync(_other, created.Key) == HttpStatusCode.Unauthorized);
        (await ListAsync()).ShouldHaveSingleItem().RevokedAt.ShouldNotBeNull();
        using var unknown = await client.DeleteAsync("v1/admin/api-keys/none", Cancellation);
        await unknown.ShouldBeProblemAsync(HttpStatusCode.NotFound, Cancellation);
    }

    [Theory]
    [InlineData("read", "v1/documents", HttpStatusCode.BadGateway)]
    [InlineData("write", "v1/documents", HttpStatusCode.Forbidden)]
    [InlineData("models", "v1/documents", HttpStatusCode.Forbidden)]
    [InlineData("models", "v1/me", HttpStatusCode.OK)]
    [InlineData("read", "v1/admin/api-keys", HttpStatusCode.Forbidden)]
    [InlineData("admin", "v1/admin/api-keys", HttpStatusCode.OK)]
    public async Task Request_ByScope_ReachesOnlyItsEndpoints(string scope, string path, HttpStatusCode expected)
    {
        var created = await CreateAsync(new NewApiKey("scoped", Roles: ["admin"], Scopes: [scope]));
        using var client = _one.Client(created.Key);

        using var response = await client.GetAsync(path, Cancellation);

        response.StatusCode.ShouldBe(expected); // 502: the endpoint was reached, and the service behind it is not there
    }

    [Fact]
    public async Task Create_WithMoreThanTheAdministratorHas_IsRefused()
    {
        await ShouldBeRefusedAsync(new NewApiKey("too wide", Groups: ["staff", "finance"]), "a group that you are not in");
        await ShouldBeRefusedAsync(new NewApiKey("too wide", Groups: ["Staff"]), "a group that you are not in");
        await ShouldBeRefusedAsync(new NewApiKey("too strong", Roles: ["auditor"]), "a role that you do not have");
        await ShouldBeRefusedAsync(new NewApiKey("somebody else", Subject: "dave"), "cannot act as another person");
        await ShouldBeRefusedAsync(new NewApiKey("a service", Subject: "service:document-ingestion"), "cannot act as another person");
        await ShouldBeRefusedAsync(new NewApiKey("endless", ExpiresInDays: 10_000), "between 1 and 366");
        await ShouldBeRefusedAsync(new NewApiKey("scopeless", Scopes: []), "one or more of");
        await ShouldBeRefusedAsync(new NewApiKey(" "), "what the key is for");
    }

    [Fact]
    public async Task Administration_WithoutTheRole_IsForbidden()
    {
        using var client = _one.Client(PlainKey);

        using var created = await client.PostAsJsonAsync("v1/admin/api-keys", new NewApiKey("mine"), ContractsJson.Default.NewApiKey, Cancellation);
        using var listed = await client.GetAsync("v1/admin/api-keys", Cancellation);
        using var revoked = await client.DeleteAsync("v1/admin/api-keys/1", Cancellation);

        await created.ShouldBeProblemAsync(HttpStatusCode.Forbidden, Cancellation);
        await listed.ShouldBeProblemAsync(HttpStatusCode.Forbidden, Cancellation);
        await revoked.ShouldBeProblemAsync(HttpStatusCode.Forbidden, Cancellation);
    }

    [Fact]
    public async Task Administration_WithoutAStore_SaysSoAndConfiguredKeysWork()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Production", settings: Keys);
        using var client = gateway.Client(AdminKey);

        using var listed = await client.GetAsync("v1/admin/api-keys", Cancellation);

        (await listed.ShouldBeProblemAsync(HttpStatusCode.NotFound, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("data folder");
        (await MeAsync(gateway, AdminKey)).Subject.ShouldBe("carol");
    }

    [Fact]
    public async Task Key_RecordIsDamaged_OpensNothingAndConfiguredKeysGoOn()
    {
        var created = await CreateAsync(new NewApiKey("night job"));
        var record = Directory.EnumerateFiles(_folder.Path, "access.json", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(record, "{}", Cancellation);
        await using var gateway = await StartAsync();

        (await StatusAsync(gateway, created.Key)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(gateway, AdminKey)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task EndSessions_OfAPerson_RefusesTheTokensThatTheyHave()
    {
        var token = _issuer.Token();
        (await StatusAsync(_other, token)).ShouldBe(HttpStatusCode.OK);
        using var client = _one.Client(AdminKey);

        using var ended = await client.PostAsJsonAsync("v1/admin/sessions/end", new SessionEnd("f3b1c2"), ContractsJson.Default.SessionEnd, Cancellation);

        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RefusalAsync(_one, token)).ShouldContain("ended your session");
        await Eventually.HoldsAsync(async () => await StatusAsync(_other, token) == HttpStatusCode.Unauthorized);
        (await StatusAsync(_one, _issuer.Token(("sub", "another")))).ShouldBe(HttpStatusCode.OK);
        var later = TimeProvider.System.GetUtcNow().AddSeconds(20).ToUnixTimeSeconds();
        (await StatusAsync(_one, _issuer.Token(("iat", later)))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Audit_OfKeysSessionsAndRefusals_HasARecordOfEach()
    {
        var created = await CreateAsync(new NewApiKey("night job", "program:night", ["staff"]));
        using var client = _one.Client(AdminKey);
        using var revoked = await client.DeleteAsync($"v1/admin/api-keys/{created.Info.Id}", Cancellation);
        using var ended = await client.PostAsJsonAsync("v1/admin/sessions/end", new SessionEnd("f3b1c2"), ContractsJson.Default.SessionEnd, Cancellation);
        await RefusalAsync(_one, created.Key);
        await RefusalAsync(_one, created.Key);
        await RefusalAsync(_one, "no-such-key");
        await _one.Services.GetRequiredService<SignInFailures>().WriteAsync(Cancellation);

        var records = await AuditAsync("acme");

        records.Select(record => record.Action).ShouldBe([AuditActions.KeyCreated, AuditActions.KeyRevoked, AuditActions.SessionEnded, AuditActions.SignInFailed]);
        records.Take(3).ShouldAllBe(record => record.Actor == "user:carol" && record.TraceId != null);
        (records[0].Details["key"], records[0].Details["subject"], records[0].Details["groups"]).ShouldBe((created.Info.Id, "program:night", "staff"));
        (records[3].Actor, records[3].Details["reason"], records[3].Details["count"]).ShouldBe(("user:program:night", "revoked_key", "2"));
        var unknown = (await AuditAsync(CallerNames.Installation)).ShouldHaveSingleItem();
        (unknown.Actor, unknown.Details["reason"]).ShouldBe(("unknown", "unknown_key"));
    }

    [Fact]
    public async Task AuditExport_ByAnAuditor_IsTheTenantsRecordsAsJsonLines()
    {
        var created = await CreateAsync(new NewApiKey("night job"));
        using var auditor = _one.Client(_issuer.Token(("roles", new System.Text.Json.Nodes.JsonArray("auditor"))));
        using var admin = _one.Client(AdminKey);

        using var exported = await auditor.GetAsync("v1/audit", Cancellation);
        using var nothing = await auditor.GetAsync("v1/audit?to=2020-01-01T00:00:00Z", Cancellation);
        using var wrong = await auditor.GetAsync("v1/audit?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", Cancellation);
        using var refused = await admin.GetAsync("v1/audit", Cancellation);
        using var keys = await auditor.GetAsync("v1/admin/api-keys", Cancellation);

        exported.StatusCode.ShouldBe(HttpStatusCode.OK);
        exported.Content.Headers.ContentType?.MediaType.ShouldBe("application/jsonl");
        var line = (await exported.Content.ReadAsStringAsync(Cancellation)).Trim().Split('\n').ShouldHaveSingleItem();
        line.ShouldContain("\"action\":\"key.created\"");
        line.ShouldContain(created.Info.Id);
        line.ShouldNotContain(created.Key);
        (await nothing.Content.ReadAsStringAsync(Cancellation)).ShouldBeEmpty();
        await wrong.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation);
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, Cancellation);
        keys.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static string[] Keys =>
    [
        $"--ApiKeys:0:Hash={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(AdminKey)))}", "--ApiKeys:0:Tenant=acme", "--ApiKeys:0:Subject=carol",
        "--ApiKeys:0:Groups:0=staff", "--ApiKeys:0:Roles:0=admin",
        $"--ApiKeys:1:Hash={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(PlainKey)))}", "--ApiKeys:1:Tenant=acme", "--ApiKeys:1:Subject=dave",
    ];

    private Task<GatewayUnderTest> StartAsync() => GatewayUnderTest.StartAsync(
        TestContext.Current.CancellationToken, environment: "Production", settings: [$"--Storage:DataPath={_folder.Path}", .. Keys, .. _issuer.Settings]);

    private async Task<CreatedApiKey> CreateAsync(NewApiKey request)
    {
        using var client = _one.Client(AdminKey);
        using var response = await client.PostAsJsonAsync("v1/admin/api-keys", request, ContractsJson.Default.NewApiKey, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancellation));
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.CreatedApiKey, Cancellation))!;
    }

    private async Task ShouldBeRefusedAsync(NewApiKey request, string sentence)
    {
        using var client = _one.Client(AdminKey);
        using var response = await client.PostAsJsonAsync("v1/admin/api-keys", request, ContractsJson.Default.NewApiKey, Cancellation);
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail.ShouldNotBeNull().ShouldContain(sentence);
    }

    private async Task<IReadOnlyList<ApiKeyInfo>> ListAsync()
    {
        using var client = _one.Client(AdminKey);
        return (await client.GetFromJsonAsync("v1/admin/api-keys", ContractsJson.Default.ApiKeyList, Cancellation))!.Keys;
    }

    private async Task<List<AuditRecord>> AuditAsync(string tenant) =>
        await _one.Services.GetRequiredService<IAuditJournal>().ReadAsync(tenant, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation);

    private static async Task<PersonInfo> MeAsync(GatewayUnderTest gateway, string key)
    {
        using var client = gateway.Client(key);
        return (await client.GetFromJsonAsync("v1/me", ContractsJson.Default.PersonInfo, Cancellation))!;
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayUnderTest gateway, string credential)
    {
        using var client = gateway.Client(credential);
        using var response = await client.GetAsync("v1/me", Cancellation);
        return response.StatusCode;
    }

    private static async Task<string> RefusalAsync(GatewayUnderTest gateway, string credential)
    {
        using var client = gateway.Client(credential);
        using var response = await client.GetAsync("v1/me", Cancellation);
        return (await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, Cancellation)).Detail.ShouldNotBeNull();
    }
}
