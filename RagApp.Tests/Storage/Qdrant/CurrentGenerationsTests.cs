using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Benchmarks.Services;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant;
using RagApp.Storage.Qdrant.Client;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>The records of the current generation, while replicas differ and when no record exists.</summary>
public sealed class CurrentGenerationsTests(EmbeddedRedis redis) : IClassFixture<EmbeddedRedis>, IAsyncLifetime
{
    private const string Model = "test-model";
    private const string Records = "ragapp_generations";

    private QdrantStandIn _server = null!;
    private ServiceProvider _services = null!;

    private IChunkIndexWriter Writer => _services.GetRequiredService<IChunkIndexWriter>();

    private IIndexGenerations Generations => _services.GetRequiredService<IIndexGenerations>();

    private QdrantPoints Points => _services.GetRequiredService<QdrantPoints>();

    public async ValueTask InitializeAsync()
    {
        _server = await QdrantStandIn.StartAsync(Cancellation);
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Storage:Qdrant:Nodes"] = _server.Address,
                ["Storage:Qdrant:ReadTimeout"] = "00:00:30", // time for a busy test machine
                ["ConnectionStrings:redis"] = redis.ConnectionString,
                ["Storage:DataPath"] = Path.GetTempPath(),
            }).Build())
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddChunkIndex()
            .AddChunkIndexWriter()
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>Checks every moment at which a write has reached one replica and not yet another.</summary>
    [Fact]
    public async Task SwitchAsync_BetweenTwoCopies_OneGenerationAnswersAndIsNotLeft()
    {
        await Writer.ReplaceAsync(Document("d1"), Cancellation);
        var seen = new List<IndexGeneration?>();
        _server.Database.BetweenCopies = async () =>
        {
            seen.Add(await Generations.FindCurrentAsync("acme", Cancellation));
            (await Generations.ListLeftAsync("acme", Cancellation)).ShouldNotContain(seen[^1]?.Id);
            (await SearchAsync()).ShouldBe(["d1"]);
        };

        await using (var build = await Generations.BuildAsync("acme", Model, 2, Cancellation))
        {
            await build.ReplaceAsync(Document("d1"), Cancellation);
            await build.SwitchAsync(Cancellation);
        }

        seen.ShouldNotContain((IndexGeneration?)null);
        seen.Distinct().Count().ShouldBe(2);
        (await RecordsAsync()).ShouldHaveSingleItem().Generation.ShouldBe(seen[^1]);
    }

    [Fact]
    public async Task FindCurrentAsync_RecordOfBefore_AnswersUntilTheNextSwitch()
    {
        await Writer.ReplaceAsync(Document("d1"), Cancellation);
        var record = (await RecordsAsync()).ShouldHaveSingleItem();
        await Points.DeleteAsync(Records, QdrantFilter.ForWriter("acme"), Cancellation);
        var before = (record with { Id = Guid.NewGuid() }).ToPoint();
        before.Payload.Remove(QdrantFields.Order);
        await Points.UpsertAsync(Records, [before], Cancellation);
        (await Generations.FindCurrentAsync("acme", Cancellation)).ShouldBe(record.Generation);
        (await SearchAsync()).ShouldBe(["d1"]);

        await using (var build = await Generations.BuildAsync("acme", Model, 2, Cancellation))
            await build.SwitchAsync(Cancellation);

        var after = (await RecordsAsync()).ShouldHaveSingleItem();
        after.Order.ShouldBe(1);
        (await Generations.FindCurrentAsync("acme", Cancellation)).ShouldBe(after.Generation);
        after.Generation.ShouldNotBe(record.Generation);
    }

    [Fact]
    public async Task SwitchAsync_OldRecordStays_AsAfterACrash_TheNewerCounts()
    {
        await Writer.ReplaceAsync(Document("d1"), Cancellation);
        var old = (await RecordsAsync()).ShouldHaveSingleItem();
        await using (var build = await Generations.BuildAsync("acme", Model, 2, Cancellation))
            await build.SwitchAsync(Cancellation);
        await Points.UpsertAsync(Records, [old.ToPoint()], Cancellation);

        (await Generations.FindCurrentAsync("acme", Cancellation)).ShouldNotBe(old.Generation);
        (await _services.GetRequiredService<CurrentGenerations>().ListAsync(Cancellation)).ShouldHaveSingleItem().Generation.ShouldNotBe(old.Generation);
    }

    [Fact]
    public async Task TryRemoveAsync_NoRecordIsSeen_RemovesNothing()
    {
        await Writer.ReplaceAsync(Document("d1"), Cancellation);
        var record = (await RecordsAsync()).ShouldHaveSingleItem();
        await Points.DeleteAsync(Records, QdrantFilter.ForWriter("acme"), Cancellation);

        (await Generations.ListLeftAsync("acme", Cancellation)).ShouldBeEmpty();
        (await Generations.TryRemoveAsync("acme", record.Generation.Id, Cancellation)).ShouldBeFalse();

        await Points.UpsertAsync(Records, [record.ToPoint()], Cancellation);
        (await Generations.FindCurrentAsync("acme", Cancellation)).ShouldBe(record.Generation);
        (await SearchAsync()).ShouldBe(["d1"]);
    }

    [Fact]
    public async Task BuildAsync_FirstOfATenantDisposedBeforeTheSwitch_LeavesNothing()
    {
        await using (var build = await Generations.BuildAsync("acme", Model, 2, Cancellation))
            await build.ReplaceAsync(Document("d1"), Cancellation);
        (await Generations.ListTenantsAsync(Cancellation).ToListAsync(Cancellation)).ShouldBeEmpty();
    }

    private Task<List<GenerationRecord>> RecordsAsync() =>
        Points.ScrollAsync(Records, QdrantFilter.ForWriter("acme"), GenerationRecord.Fields, Cancellation).Select(GenerationRecord.Read).ToListAsync(Cancellation).AsTask();

    private async Task<IEnumerable<string>> SearchAsync()
    {
        var filter = AccessFilter.For(new Principal("acme", "alice", [], [], Region: null));
        var found = await _services.GetRequiredService<IChunkIndex>().SearchAsync(new ChunkQuery("apple", null, null, 10), filter, Cancellation);
        return found.Keyword.Select(chunk => chunk.Chunk.DocumentId);
    }

    private static IndexedDocument Document(string id) => new(
        "acme", id, "i1", 1, $"{id}.md", id, new DocumentProperties("upload", "text", "en", Date: null, []), ["public"], Model,
        [new ChunkEntry(0, "apple", "", Page: null, new[] { 1f, 0 })]);
}
