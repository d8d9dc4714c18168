using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>How collections are set up and compared, what stops the start, and when the index is healthy.</summary>
public sealed class IndexCollectionsTests : IAsyncLifetime
{
    private readonly List<ServiceProvider> _providers = [];
    private QdrantStandIn _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await QdrantStandIn.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
            await provider.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task EnsureAsync_NothingThere_MakesACollectionBehindAnAlias()
    {
        var services = Open();
        var made = await services.GetRequiredService<IndexCollections>().EnsureAsync("multilingual-e5-small", 384, Cancellation);

        made.Alias.ShouldStartWith("ragapp-multilingual_e5_small-");
        (made.Collection, made.Model, made.Dimension).ShouldBe(($"{made.Alias}-v1", "multilingual-e5-small", 384));
        (await services.GetRequiredService<QdrantClient>().ListAliasesAsync(Cancellation)).ShouldBe([new QdrantAlias(made.Alias, made.Collection)]);
        (await Open().GetRequiredService<IndexCollections>().ListAsync(Cancellation)).ShouldBe([made]);
        (await Open().GetRequiredService<IndexCollections>().EnsureAsync("multilingual-e5-small", 384, Cancellation)).ShouldBe(made);
    }

    [Fact]
    public async Task EnsureAsync_ManyAtOnce_AllGetTheSame()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Open().GetRequiredService<IndexCollections>().EnsureAsync("m", 2, Cancellation)));
        made.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task EnsureAsync_ModelsAndInstallations_AreKeptApart()
    {
        var collections = Open().GetRequiredService<IndexCollections>();
        var other = Open(("Storage:Qdrant:Prefix", "other")).GetRequiredService<IndexCollections>();
        var made = new[] { ("a/b", 2), ("a:b", 2), ("a/b", 3) }.Select(model => collections.EnsureAsync(model.Item1, model.Item2, Cancellation).GetAwaiter().GetResult()).ToList();
        made.Select(collection => collection.Alias).Distinct().Count().ShouldBe(3);

        await other.EnsureAsync("a/b", 2, Cancellation);

        (await collections.ListAsync(Cancellation)).ShouldBe(made, ignoreOrder: true);
        (await other.ListAsync(Cancellation)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 2, 2, 1)]
    [InlineData(3, 3, 3, 2)]
    [InlineData(5, 5, 3, 2)]
    public void For_ClusterSize_DecidesTheCopies(int nodes, int shards, int copies, int confirm)
    {
        var settings = CollectionLayout.For("m", 2, nodes);
        (settings.ShardNumber, settings.ReplicationFactor, settings.WriteConsistencyFactor).ShouldBe((shards, copies, confirm));
        settings.SparseVectors["bm25"].Modifier.ShouldBeNull();
    }

    [Theory]
    [InlineData("strict_mode_config.unindexed_filtering_retrieve", """{"strict_mode_config":{"unindexed_filtering_retrieve":true}}""", "true", "false")]
    [InlineData("strict_mode_config.enabled", """{"strict_mode_config":{"enabled":false}}""", "false", "true")]
    [InlineData("sparse_vectors.bm25.modifier", """{"sparse_vectors":{"bm25":{"modifier":"idf"}}}""", "idf", "none")]
    [InlineData("quantization_config.scalar.type", """{"quantization_config":null}""", "missing", "int8")]
    [InlineData("replication_factor", """{"replication_factor":2}""", "2", "1")]
    [InlineData("hnsw_config.m", """{"hnsw_config":{"m":0}}""", "0", "16")]
    [InlineData("vectors.dense.distance", """{"vectors":{"dense":{"distance":"Dot"}}}""", "Dot", "Cosine")]
    public async Task EnsureAsync_SetUpInAnotherWay_NamesFieldExpectedAndFound(string field, string change, string found, string expected)
    {
        var wanted = IndexCollection.For("ragapp", "m", 2);
        await MakeAsync(wanted, change);

        var refusal = await Should.ThrowAsync<WrongCollectionException>(Open().GetRequiredService<IndexCollections>().EnsureAsync("m", 2, Cancellation));

        refusal.Message.ShouldContain($"'{wanted.Collection}'");
        refusal.Message.ShouldContain($"{field} is {found}, expected {expected}");
        (await Open().GetRequiredService<QdrantClient>().ListAliasesAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Differences_WithoutPayloadIndexes_NamesThem()
    {
        var wanted = IndexCollection.For("ragapp", "m", 2);
        await MakeAsync(wanted, "{}");
        var info = await Open().GetRequiredService<QdrantClient>().FindCollectionAsync(wanted.Collection, Cancellation);

        var differences = CollectionComparison.Differences(CollectionLayout.For("m", 2, nodes: 1), info!).ToList();

        differences.Count.ShouldBe(CollectionLayout.Indexes.Count + 1);
        differences.ShouldContain("payload_schema.acl is missing, expected keyword");
        differences.ShouldContain("payload_schema.tenant.is_tenant is false, expected true");
    }

    [Fact]
    public async Task Start_WrongCollectionOrKey_IsRefused()
    {
        await Open().GetRequiredService<IndexCollections>().EnsureAsync("m", 2, Cancellation);
        await StartAsync(Open());
        await StartAsync(Open(("ConnectionStrings:qdrant_http", $"http://127.0.0.1:{FreePort.Next()}"))); // not up yet: waits, not ready

        _server.Key = "secret";
        (await Should.ThrowAsync<QdrantException>(StartAsync(Open()))).Message.ShouldContain("Check Key");
        var services = Open(("ConnectionStrings:qdrant_http", $"Endpoint={_server.Address};Key=secret"));
        await StartAsync(services);
        var alias = (await services.GetRequiredService<QdrantClient>().ListAliasesAsync(Cancellation)).Single();
        await services.GetRequiredService<QdrantClient>().DeleteCollectionAsync(alias.CollectionName, Cancellation);
        await MakeAsync(IndexCollection.For("ragapp", "m", 2), """{"strict_mode_config":{"enabled":false}}""", services);
        await services.GetRequiredService<QdrantClient>().ChangeAliasesAsync([new QdrantAliasChange { CreateAlias = alias }], Cancellation);
        await Should.ThrowAsync<WrongCollectionException>(StartAsync(services));
    }

    [Fact]
    public async Task CheckHealthAsync_AsksTheIndexAQuestion()
    {
        await Open().GetRequiredService<IndexCollections>().EnsureAsync("m", 2, Cancellation);
        (await CheckAsync()).Status.ShouldBe(HealthStatus.Healthy);
        _server.Requests.ShouldContain(request => request.EndsWith("/points/query?consistency=quorum", StringComparison.Ordinal));

        _server.Fault = request => request.Path.Value!.EndsWith("/query", StringComparison.Ordinal) ? QdrantFault.Error : QdrantFault.None;
        var broken = await CheckAsync(); // though /readyz says "all shards are ready"
        broken.Status.ShouldBe(HealthStatus.Unhealthy);
        broken.Description!.ShouldContain("2 out of 3 shards failed");
        broken.Description!.ShouldContain($"{new Uri(_server.Address).Authority} answers (role single).");

        _server.Fault = _ => QdrantFault.Drop;
        (await CheckAsync()).Description!.ShouldContain("does not answer.");
    }

    [Theory]
    [InlineData("http://a:6333", "http://a:6333/", "")]
    [InlineData("https://a:6333, https://b:6333", "https://a:6333/ https://b:6333/", "")]
    [InlineData("Endpoint=http://a:6333;Key=s3cret", "http://a:6333/", "s3cret")]
    [InlineData("Endpoint=http://a:6333,http://b:6333;Key=s", "http://a:6333/ http://b:6333/", "s")]
    public void ConnectionString_Valid_IsTakenOver(string text, string addresses, string key)
    {
        var options = Open(("ConnectionStrings:qdrant_http", text)).GetRequiredService<IOptions<QdrantOptions>>().Value;
        (string.Join(' ', options.Addresses.Select(address => address.AbsoluteUri)), options.Key).ShouldBe((addresses, key));
    }

    [Theory]
    [InlineData("Endpoint=http://a:6333;Password=hush", "'password' is unknown")]
    [InlineData("hush", "neither an address nor written as Endpoint=")]
    [InlineData("Endpoint=a:6333;Key=hush", "has the address 'a:6333'")]
    [InlineData("http://a:6333/path", "has the address 'http://a:6333/path'")]
    public void ConnectionString_Wrong_IsRefusedWithoutItsSecret(string text, string words)
    {
        var refusal = Should.Throw<OptionsValidationException>(() => Open(("ConnectionStrings:qdrant_http", text)).GetRequiredService<IOptions<QdrantOptions>>().Value);
        refusal.Message.ShouldContain(words);
        refusal.Message.ShouldNotContain("hush");
    }

    private async Task<HealthCheckResult> CheckAsync() =>
        await ActivatorUtilities.CreateInstance<QdrantHealthCheck>(Open()).CheckHealthAsync(new HealthCheckContext(), Cancellation);

    private static async Task StartAsync(ServiceProvider services)
    {
        foreach (var hosted in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await hosted.StartingAsync(Cancellation);
    }

    /// <summary>Our settings with something else in them, as an administrator or another version may leave them.</summary>
    private async Task MakeAsync(IndexCollection collection, string change, ServiceProvider? services = null)
    {
        var settings = System.Text.Json.JsonSerializer.SerializeToNode(
            CollectionLayout.For(collection.Model, collection.Dimension, nodes: 1), QdrantJson.Wire.QdrantCollectionSettings)!.AsObject();
        Merge(settings, JsonNode.Parse(change)!.AsObject());
        var changed = System.Text.Json.JsonSerializer.Deserialize(settings, QdrantJson.Wire.QdrantCollectionSettings)!;
        await (services ?? Open()).GetRequiredService<QdrantClient>().CreateCollectionAsync(collection.Collection, changed, Cancellation);
    }

    private static void Merge(JsonObject into, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inner && into[name] is JsonObject there)
                Merge(there, inner);
            else
                into[name] = value?.DeepClone();
        }
    }

    private ServiceProvider Open(params (string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?> { ["ConnectionStrings:qdrant_http"] = _server.Address };
        foreach (var (key, value) in settings)
            values[key] = value;
        var provider = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .AddSingleton<TimeProvider>(new QuickTime())
            .AddLogging()
            .AddQdrantCollections()
            .BuildServiceProvider();
        _providers.Add(provider);
        return provider;
    }
}
