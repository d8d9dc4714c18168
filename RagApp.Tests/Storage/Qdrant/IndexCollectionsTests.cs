using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Benchmarks.Services;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Tests.TestServices.Qdrant;
using QdrantException = RagApp.Storage.Qdrant.QdrantException;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>Creation and comparison of collections, the faults that stop the start, and the health check of the index.</summary>
public sealed class IndexCollectionsTests : IAsyncLifetime
{
    private readonly List<ServiceProvider> _providers = [];
    private QdrantStandIn _server = null!;

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
        (await services.GetRequiredService<QdrantClient>().ListAliasesAsync(Cancellation)).ShouldBe([new AliasDescription { AliasName = made.Alias, CollectionName = made.Collection }]);
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
        (settings.ShardNumber, settings.ReplicationFactor, settings.WriteConsistencyFactor).ShouldBe(((uint)shards, (uint)copies, (uint)confirm));
        settings.SparseVectorsConfig.Map["bm25"].HasModifier.ShouldBeFalse();
    }

    public static TheoryData<string, Action<CreateCollection>, string, string> Changes => new()
    {
        { "strict_mode_config.unindexed_filtering_retrieve", settings => settings.StrictModeConfig.UnindexedFilteringRetrieve = true, "true", "false" },
        { "strict_mode_config.enabled", settings => settings.StrictModeConfig.Enabled = false, "false", "true" },
        { "sparse_vectors.bm25.modifier", settings => settings.SparseVectorsConfig.Map["bm25"].Modifier = Modifier.Idf, "idf", "none" },
        { "quantization_config.scalar.type", settings => settings.QuantizationConfig = null, "missing", "int8" },
        { "replication_factor", settings => settings.ReplicationFactor = 2, "2", "1" },
        { "hnsw_config.m", settings => settings.HnswConfig.M = 0, "0", "16" },
        { "vectors.dense.distance", settings => settings.VectorsConfig.ParamsMap.Map["dense"].Distance = Distance.Dot, "Dot", "Cosine" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task EnsureAsync_SetUpInAnotherWay_NamesFieldExpectedAndFound(string field, Action<CreateCollection> change, string found, string expected)
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
        await MakeAsync(wanted, _ => { });
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
        // the server is not up yet: the service waits and is not ready
        await StartAsync(Open(("Storage:Qdrant:Nodes", $"http://127.0.0.1:{FreePort.Next()}")));
        using (var gone = new FullPort())
            await StartAsync(Open(("Storage:Qdrant:HttpNodes", gone.Address)));

        _server.Key = "secret";
        (await Should.ThrowAsync<QdrantException>(StartAsync(Open()))).Message.ShouldContain("Check Key");
        var services = Open(("Storage:Qdrant:Key", "secret"));
        await StartAsync(services);
        var alias = (await services.GetRequiredService<QdrantClient>().ListAliasesAsync(Cancellation)).Single();
        await services.GetRequiredService<QdrantClient>().DeleteIfThereAsync(alias.CollectionName, Cancellation);
        await MakeAsync(IndexCollection.For("ragapp", "m", 2), settings => settings.StrictModeConfig.Enabled = false, services);
        await services.GetRequiredService<QdrantClient>().CreateAliasAsync(alias.AliasName, alias.CollectionName, cancellationToken: Cancellation);
        await Should.ThrowAsync<WrongCollectionException>(StartAsync(services));
    }

    [Fact]
    public async Task CheckHealthAsync_AsksTheIndexAQuestion()
    {
        await Open().GetRequiredService<IndexCollections>().EnsureAsync("m", 2, Cancellation);
        (await CheckAsync()).Status.ShouldBe(HealthStatus.Healthy);
        _server.Calls.ShouldContain(call => call.Method == "Points/QueryBatch" && call.Consistency == ReadConsistencyType.Quorum);

        _server.Fault = call => call.Method == "Points/QueryBatch" ? QdrantFault.Error : QdrantFault.None;
        var broken = await CheckAsync(); // unhealthy, although /readyz says "all shards are ready"
        broken.Status.ShouldBe(HealthStatus.Unhealthy);
        broken.Description!.ShouldContain("2 out of 3 shards failed");
        broken.Description!.ShouldContain($"{new Uri(_server.Address).Authority} answers (role single).");

        _server.Fault = _ => QdrantFault.Drop;
        (await CheckAsync()).Description!.ShouldContain("does not answer.");
    }

    [Fact]
    public async Task EnsureAsync_ThreeNodes_ReadsWaitForNoCopyThatIsCutOff()
    {
        await using var cluster = await QdrantCluster.StartAsync(3, Cancellation);
        var services = Open(("Storage:Qdrant:Nodes", cluster.Addresses));
        var made = await services.GetRequiredService<IndexCollections>().EnsureAsync("m", 2, Cancellation);

        var found = (await services.GetRequiredService<QdrantClient>().GetCollectionInfoAsync(made.Collection, Cancellation)).Config.Params;
        (found.ReadFanOutFactor, found.ReadFanOutDelayMs).ShouldBe((1u, 100ul));
        cluster.Nodes.SelectMany(node => node.Calls).Count(call => call.Method == "Collections/Update").ShouldBe(1);
        await Open(("Storage:Qdrant:Nodes", cluster.Addresses)).GetRequiredService<IndexCollections>().EnsureAsync("m", 2, Cancellation);
        cluster.Nodes.SelectMany(node => node.Calls).Count(call => call.Method == "Collections/Update").ShouldBe(1);
    }

    [Fact]
    public async Task EnsureAsync_ANodeDoesNotKnowTheCollection_ItIsNotMadeAgain()
    {
        await using var cluster = await QdrantCluster.StartAsync(3, Cancellation);
        var made = await Open(("Storage:Qdrant:Nodes", cluster.Addresses)).GetRequiredService<IndexCollections>().EnsureAsync("m", 2, Cancellation);
        foreach (var node in cluster.Nodes)
            node.Calls.Clear();
        cluster.Nodes[0].Fault = call => call.Method == "Collections/Get" ? QdrantFault.Absent : QdrantFault.None;

        (await Open(("Storage:Qdrant:Nodes", cluster.Addresses)).GetRequiredService<IndexCollections>().EnsureAsync("m", 2, Cancellation)).ShouldBe(made);

        cluster.Nodes.SelectMany(node => node.Calls).ShouldNotContain(call => call.Method == "Collections/Create");
    }

    /// <summary>
    /// Runs three times, so that one, two and three collections exist. Every new client begins with the first node, which is
    /// the empty one.
    /// </summary>
    [Fact]
    public async Task EnsureAsync_ANodeWasStartedEmpty_CollectionHasItsCopiesAndIsFoundWell()
    {
        await using var cluster = await QdrantCluster.StartAsync(3, Cancellation);
        cluster.Nodes[0].IsEmpty = true;
        for (var dimension = 2; dimension < 5; dimension++)
        {
            var made = await Open(("Storage:Qdrant:Nodes", cluster.Addresses)).GetRequiredService<IndexCollections>().EnsureAsync("m", dimension, Cancellation);
            var client = Open(("Storage:Qdrant:Nodes", cluster.Addresses)).GetRequiredService<QdrantClient>();
            (await client.GetCollectionInfoAsync(made.Collection, Cancellation)).Config.Params.ReplicationFactor.ShouldBe(3u);
            (await Open(("Storage:Qdrant:Nodes", cluster.Addresses)).GetRequiredService<IndexCollections>().ListAsync(Cancellation)).Count.ShouldBe(dimension - 1);
        }
    }

    [Theory]
    [InlineData("http://a:6334", "", "http://a:6334/ http://a:6333/")]
    [InlineData("https://a:6334, https://b:7001", "", "https://a:6334/ https://a:6333/ https://b:7001/ https://b:7000/")]
    [InlineData("http://a:6334,http://b:6334", "http://a:80,http://b:81", "http://a:6334/ http://a/ http://b:6334/ http://b:81/")]
    public void Addresses_OfNodes_HaveTheRestPortBeforeUnlessTold(string nodes, string http, string expected)
    {
        var options = Open(("Storage:Qdrant:Nodes", nodes), ("Storage:Qdrant:HttpNodes", http)).GetRequiredService<IOptions<QdrantOptions>>().Value;
        string.Join(' ', options.Addresses.SelectMany(node => new[] { node.Grpc.AbsoluteUri, node.Http.AbsoluteUri })).ShouldBe(expected);
    }

    [Theory]
    [InlineData("a:6334", "", "Storage:Qdrant:Nodes or ConnectionStrings:qdrant: address 1 of 1 is wrong")]
    [InlineData("http://a:6334,http://user:hush@b:6334", "", "Nodes or ConnectionStrings:qdrant: address 2 of 2 is wrong")]
    [InlineData("http://a:6334", "http://a:6333/?key=hush", "HttpNodes or ConnectionStrings:qdrant_http: address 1 of 1 is wrong")]
    [InlineData("http://a:6334,http://b:6334", "http://a:6333", "names 1 nodes and Storage:Qdrant:Nodes 2")]
    public void Addresses_Wrong_AreRefusedAndNotShown(string nodes, string http, string words)
    {
        var refusal = Should.Throw<OptionsValidationException>(() => Open(("Storage:Qdrant:Nodes", nodes), ("Storage:Qdrant:HttpNodes", http)).GetRequiredService<IOptions<QdrantOptions>>().Value);
        refusal.Message.ShouldContain(words);
        refusal.Message.ShouldNotContain("hush");
    }

    [Theory]
    [InlineData("http://a:6334", "", "http://a:6334", "", "")]
    [InlineData("Endpoint=http://a:6334;Key=s3cret", "", "http://a:6334", "", "s3cret")]
    [InlineData("Endpoint=http://a:6334;Key=s3cret", "Endpoint=http://a:7000;Key=s3cret", "http://a:6334", "http://a:7000", "s3cret")]
    [InlineData("", "", "", "", "")]
    public async Task ConnectionString_Valid_IsTakenOver(string text, string http, string nodes, string httpNodes, string key)
    {
        using var host = Host(text, http);
        var options = host.Services.GetRequiredService<IOptions<QdrantOptions>>().Value;
        (options.Nodes, options.HttpNodes, options.Key).ShouldBe((nodes, httpNodes, key));
        if (nodes.Length > 0)
            (await Should.ThrowAsync<QdrantException>(host.Services.GetRequiredService<QdrantClient>().HealthAsync(Cancellation))).IsTransient.ShouldBeTrue("it is the client of all nodes");
    }

    [Fact]
    public void ConnectionString_BesideTheNodesOfACluster_GivesTheKeyAlone()
    {
        using var host = Host("Endpoint=http://a:6334;Key=s", "Endpoint=http://a:6333;Key=s", ("Storage:Qdrant:Nodes", "http://a:6334,http://b:6334"));
        var options = host.Services.GetRequiredService<IOptions<QdrantOptions>>().Value;
        (string.Join(' ', options.Addresses.Select(node => node.Http.Authority)), options.Key).ShouldBe(("a:6333 b:6333", "s"));
    }

    [Theory]
    [InlineData("Endpoint=a;Key=hush", "")]
    [InlineData("hush", "")]
    [InlineData("", "Endpoint=http://a:6333;Key=hush")]
    public void ConnectionString_Wrong_IsRefusedWithoutItsSecret(string text, string http)
    {
        var refusal = Should.Throw<OptionsValidationException>(() => Host(text, http));
        refusal.Message.ShouldContain("ConnectionStrings:qdrant is wrong");
        refusal.Message.ShouldNotContain("hush");
    }

    private static IHost Host(string text, string http, params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:qdrant"] = text, ["ConnectionStrings:qdrant_http"] = http, ["Storage:Qdrant:ReadTimeout"] = "00:00:01" });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.AddQdrantServer();
        builder.Services.AddQdrantCollections();
        return builder.Build();
    }

    private async Task<HealthCheckResult> CheckAsync() =>
        await ActivatorUtilities.CreateInstance<QdrantHealthCheck>(Open()).CheckHealthAsync(new HealthCheckContext(), Cancellation);

    private static async Task StartAsync(ServiceProvider services)
    {
        foreach (var hosted in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await hosted.StartingAsync(Cancellation);
    }

    /// <summary>Creates a collection with settings that differ from ours, as an administrator or another version may have left it.</summary>
    private async Task MakeAsync(IndexCollection collection, Action<CreateCollection> change, ServiceProvider? services = null)
    {
        var settings = CollectionLayout.For(collection.Model, collection.Dimension, nodes: 1);
        settings.CollectionName = collection.Collection;
        change(settings);
        await (services ?? Open()).GetRequiredService<QdrantClient>().CreateUnlessThereAsync(settings, Cancellation);
    }

    private ServiceProvider Open(params (string Key, string Value)[] settings)
    {
        var provider = QdrantServices.Open(_server.Address, TimeProvider.System, settings);
        _providers.Add(provider);
        return provider;
    }
}
