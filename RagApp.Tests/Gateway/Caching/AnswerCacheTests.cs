using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;
using RagApp.Storage.Encryption;
using RagApp.Tests.TestServices;
using StackExchange.Redis;
using static RagApp.Tests.Gateway.Caching.CacheScene;

namespace RagApp.Tests.Gateway.Caching;

/// <summary>Answers of a model are given again to whoever may know them, and to nobody else, by two replicas on a real Redis.</summary>
public sealed class AnswerCacheTests(SharedRedis redis) : IClassFixture<SharedRedis>, IAsyncLifetime
{
    private CacheScene _scene = null!;

    public async ValueTask InitializeAsync()
    {
        var server = redis.Server;
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{server.ConnectionString},allowAdmin=true");
        await connection.GetServers().Single().FlushAllDatabasesAsync();
        _scene = await StartAsync(server.ConnectionString);
    }

    public ValueTask DisposeAsync() => _scene?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Answer_SameQuestionOnTheOtherReplica_IsTheSameAndCostsNothing()
    {
        var first = await AskAsync(_scene.One);
        var saved = new MetricCollector<double>(_scene.Two.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "RagApp.Gateway.Answers.Caching", "ragapp.answer.cache.saved");
        var again = await AskAsync(_scene.Two, "  how many days of  leave do I get");

        first.Summary.Cached.ShouldBeNull();
        again.Text.ShouldBe(first.Text);
        again.Citations.ShouldBe(first.Citations);
        again.Summary.ShouldSatisfyAllConditions(
            summary => summary.Cached.ShouldNotBeNull().Similar.ShouldBeFalse(),
            summary => summary.PromptTokens.ShouldBe(0),
            summary => summary.CompletionTokens.ShouldBe(0),
            summary => summary.Model.ShouldBe("test-model"),
            summary => summary.Explain.ShouldNotBeNull());
        _scene.Calls.ShouldBe(1);
        saved.GetMeasurementSnapshot().Sum(measured => measured.Value).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Answer_QuestionInOtherWords_IsFoundAndSaysSo()
    {
        await AskAsync(_scene.One);
        var again = await AskAsync(_scene.Two, "How many days of leave do I get, please?");

        again.Summary.Cached.ShouldNotBeNull().Similar.ShouldBeTrue();
        _scene.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData("How many days of leave do I not get?")]
    [InlineData("How many days of leave do I get in 2025?")]
    [InlineData("How many days of leave do I get in Norway?")]
    [InlineData("How many days of leave do employees get?")]
    [InlineData("How much leave do I get?")]
    public async Task Answer_QuestionThatDiffersInWhatMatters_AsksTheModel(string question)
    {
        await AskAsync(_scene.One);
        var other = await AskAsync(_scene.One, question);

        other.Summary.Cached.ShouldBeNull();
        _scene.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Answer_WarmedBySomebodyWithOtherGroups_AsksTheModel()
    {
        await AskAsync(_scene.One);
        var other = await AskAsync(_scene.Two, who: "demo-bob");

        other.Summary.Cached.ShouldBeNull();
        _scene.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Answer_WarmedByAnotherTenant_AsksTheModel()
    {
        await AskAsync(_scene.One);
        await AskAsync(_scene.Two, who: "demo-eve");

        _scene.Calls.ShouldBe(2);
    }

    public static MatrixTheoryData<string, string> Changes => new(
        ["revoked or deleted", "given but not cited, revoked", "uploaded again", "redacted in another way", "moved", "something new is among the best"],
        [Question, "How many days of leave do I get, please?"]);

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Answer_DocumentsChangedSince_AsksTheModelAtOnce(string change, string question)
    {
        await AskAsync(_scene.One);
        _scene.Hits = change switch
        {
            "revoked or deleted" => [Pay],
            "given but not cited, revoked" => [Leave],
            "uploaded again" => [Leave with { Version = 2 }, Pay],
            "redacted in another way" => [Leave with { Text = "Every employee has [NUMBER] days of leave." }, Pay],
            "moved" => [Leave with { Path = "elsewhere.md" }, Pay],
            _ => [Leave, Pay, AnswerFixture.Passage("new", "From May on everybody has 40 days of leave.", 0.4)],
        };

        (await AskAsync(_scene.Two, question)).Summary.Cached.ShouldBeNull();
        _scene.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Answer_PassagesThatTheModelWasGivenInAnotherOrder_IsGivenAgain()
    {
        await AskAsync(_scene.One);
        _scene.Hits = [Pay with { Score = 1 }, Leave with { Score = 0.9 }];

        var again = await AskAsync(_scene.One);

        again.Summary.Cached.ShouldNotBeNull();
        again.Citations.ShouldHaveSingleItem().Quote.ShouldBe(Leave.Text);
    }

    [Fact]
    public async Task Answer_WithHistory_IsNeitherKeptNorFound()
    {
        var request = new AnswerRequest(Question) { History = [new SearchMessage(SearchRole.User, "Tell me about leave."), new SearchMessage(SearchRole.Assistant, "Gladly.")] };
        await AskAsync(_scene.One, request);
        await AskAsync(_scene.One, request);
        await AskAsync(_scene.One);
        var last = await AskAsync(_scene.One, request);

        last.Summary.Cached.ShouldBeNull();
        _scene.Calls.ShouldBe(4);
    }

    [Fact]
    public async Task Answer_Streamed_HasTheEventsOfAnAnswer()
    {
        await AskAsync(_scene.One);
        using var client = _scene.Two.Client();
        using var response = await client.SendAsync(AnswerFixture.Ask(Question, stream: true), Cancellation);

        var events = await AnswerFixture.ReadEventsAsync(response, Cancellation);

        events.Select(item => item.EventType).Distinct().ShouldBe(["token", "citation", "done"]);
        events[^1].Data.ShouldContain("\"cached\":{\"madeAt\":");
    }

    [Fact]
    public async Task Kept_InRedis_IsNothingThatCanBeRead()
    {
        await AskAsync(_scene.One);

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        var database = connection.GetDatabase();
        foreach (var part in new[] { "texts", "questions" })
        {
            var entry = (await database.HashGetAllAsync($"ragapp:answers:{{acme}}:{part}")).ShouldHaveSingleItem();
            var bytes = Encoding.UTF8.GetString((byte[])entry.Value!) + entry.Name;
            bytes.ShouldNotContain("leave");
            bytes.ShouldNotContain("alice");
            (await database.KeyTimeToLiveAsync($"ragapp:answers:{{acme}}:{part}")).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Kept_ValuePutInAnotherPlaceOrChanged_IsNotRead()
    {
        await AskAsync(_scene.One);
        await AskAsync(_scene.One, "When are salaries paid?");
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        var database = connection.GetDatabase();
        var texts = await database.HashGetAllAsync("ragapp:answers:{acme}:texts");
        texts.Length.ShouldBe(2);
        await database.HashSetAsync("ragapp:answers:{acme}:texts", [new HashEntry(texts[0].Name, texts[1].Value), new HashEntry(texts[1].Name, texts[0].Value)]);

        (await AskAsync(_scene.One)).Summary.Cached.ShouldBeNull();
        _scene.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task Kept_KeyOfTheTenantDestroyed_IsNeitherReadNorKept()
    {
        await AskAsync(_scene.One);
        await _scene.One.Services.GetRequiredService<TenantKeys>().DestroyAsync("acme", Cancellation);

        (await AskAsync(_scene.One)).Summary.Cached.ShouldBeNull();
        (await AskAsync(_scene.One)).Summary.Cached.ShouldBeNull();
        _scene.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task Kept_MoreThanTheLimit_TheOldestGiveWay()
    {
        await using var scene = await StartAsync(redis.Server.ConnectionString, "--AnswerCache:Entries=2");
        // each of them has other words, so that none is given the answer of another
        foreach (var question in new[] { "What is alpha?", "What is beta?", "What is gamma?" })
            await AskAsync(scene.One, question);

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        (await connection.GetDatabase().HashLengthAsync("ragapp:answers:{acme}:texts")).ShouldBe(2);
        (await connection.GetDatabase().HashLengthAsync("ragapp:answers:{acme}:questions")).ShouldBe(2);
        (await AskAsync(scene.One, "What is gamma?")).Summary.Cached.ShouldNotBeNull();
        (await AskAsync(scene.One, "What is alpha?")).Summary.Cached.ShouldBeNull();
    }

    [Theory]
    [InlineData("--AnswerCache:Enabled=false")]
    [InlineData("--AnswerCache:OffFor:0=acme")]
    public async Task Answer_CacheIsOff_AsksTheModelEveryTime(string setting)
    {
        await using var scene = await StartAsync(redis.Server.ConnectionString, setting);
        await AskAsync(scene.One);
        await AskAsync(scene.One);

        scene.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Answer_RedisIsAway_ComesFromTheModel()
    {
        await using var scene = await StartAsync("127.0.0.1:1,abortConnect=false,connectTimeout=200");

        (await AskAsync(scene.One)).Text.ShouldBe(Answer);
        (await AskAsync(scene.One)).Summary.Cached.ShouldBeNull();
    }

    [Fact]
    public async Task Options_OutOfRange_StopTheStart() =>
        (await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => GatewayUnderTest.StartAsync(Cancellation, settings: ["--AnswerCache:Entries=0"])))
            .Message.ShouldContain("AnswerCache:Entries lies between 1 and 5,000.");
}
