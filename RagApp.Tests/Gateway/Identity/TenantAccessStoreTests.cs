using Microsoft.Extensions.Time.Testing;
using RagApp.Gateway.Authentication.Keys;
using RagApp.Storage.Control;
using RagApp.Storage.FileSystem;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Identity;

/// <summary>The store of keys and ended sessions, as two replicas on one folder see it.</summary>
public sealed class TenantAccessStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Get_AfterAChangeElsewhere_HasItWithinFiveSeconds()
    {
        var (one, other) = (Store(), Store());
        (await other.GetAsync("acme", Cancellation)).EndedSessions.ShouldBeEmpty();
        await one.ChangeAsync("acme", Ended("alice"), Cancellation);

        _time.Advance(TimeSpan.FromSeconds(5));

        (await other.GetAsync("acme", Cancellation)).EndedSessions.Keys.ShouldBe(["alice"]);
        (await one.GetAsync("acme", Cancellation)).EndedSessions.Keys.ShouldBe(["alice"]);
        (await other.GetAsync("globex", Cancellation)).EndedSessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_ManyAtOnceOnSeveralReplicas_LosesNone()
    {
        var stores = new[] { Store(), Store(), Store() };
        var people = Enumerable.Range(0, 12).Select(i => $"person-{i}").ToList();

        foreach (var three in people.Chunk(3))
            await Task.WhenAll(three.Select((person, i) => stores[i].ChangeAsync("acme", Ended(person), Cancellation)));

        (await Store().GetAsync("acme", Cancellation)).EndedSessions.Keys.ShouldBe(people, ignoreOrder: true);
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("Ümlaut & Söhne_x")]
    public void KeyText_OfATenant_NamesItAndShowsLittle(string tenant)
    {
        var key = KeyText.Create(tenant);

        KeyText.FindTenant(key).ShouldBe(tenant);
        KeyText.Create(tenant).ShouldNotBe(key);
        KeyText.FindTenant(key[..^1]).ShouldBeNull();
        (key.Length - KeyText.PrefixOf(key).Length).ShouldBe(56);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ragapp_")]
    [InlineData("ragapp__0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ragapp_!!_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ragapp_JGluc3RhbGxhdGlvbg_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("demo-alice")]
    public void KeyText_OfAnotherText_HasNoTenant(string text) => KeyText.FindTenant(text).ShouldBeNull();

    private static Func<TenantAccess, TenantAccess> Ended(string subject) => access => access with
    {
        EndedSessions = new Dictionary<string, DateTimeOffset>(access.EndedSessions, StringComparer.Ordinal) { [subject] = DateTimeOffset.UnixEpoch },
    };

    private TenantAccessStore Store() => new(new ControlRecords(new FileBlobStore(_folder.Path, TimeProvider.System)), _time);
}
