using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Ingestion.Maintenance;
using RagApp.Ingestion.Maintenance.Nodes;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Membership;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Ingestion.Maintenance;

/// <summary>A cluster of three stand-ins in which a node loses its disk: its old id goes, it joins with a new one, and its copies are made again.</summary>
public sealed class QdrantRejoinTests : IAsyncLifetime
{
    private const string Removal = "DELETE /cluster/peer/";

    private readonly QuickTime _time = new();
    private QdrantCluster _cluster = null!;

    private QdrantStandIn Lost => _cluster.Nodes[1];

    public async ValueTask InitializeAsync()
    {
        _cluster = await QdrantCluster.StartAsync(3, Cancellation);
        await CreateAsync("chunks", shards: 3, copies: 3, confirming: 2);
        await CreateAsync("records", shards: 1, copies: 3, confirming: 2);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Show_EveryNodeAnswers_NothingIsFound()
    {
        var run = await RunAsync();

        run.Exit.ShouldBe(MaintenanceExit.Done);
        run.Lines.Count(line => line.EndsWith("  answers", StringComparison.Ordinal)).ShouldBe(3);
        run.Lines[^1].ShouldBe("3 of 3 nodes answer; 0 copies of shards are missing.");
    }

    [Fact]
    public async Task Show_NodeIsLost_NamesItAndChangesNothing()
    {
        await Lost.StopAsync();

        var run = await RunAsync();

        run.Exit.ShouldBe(MaintenanceExit.Found);
        run.Lines.ShouldContain(line => line.Contains($"{Lost.Peer}", StringComparison.Ordinal) && line.Contains("lost: it does not answer", StringComparison.Ordinal));
        run.Lines.ShouldContain("2 of 3 nodes answer; 4 copies of shards are missing.");
        run.Lines[^1].ShouldBe($"If the disk of that node is lost: maintenance qdrant-rejoin --peer {Lost.Peer}");
        Removals.ShouldBeEmpty();
        Lost.TryStartEmpty().ShouldBeFalse("the cluster still has its old id");
    }

    [Fact]
    public async Task Peer_NodeIsLost_JoinsWithANewIdAndHasAllCopies()
    {
        var old = Lost.Peer;
        await Lost.StopAsync();

        var run = await RunAsync(Joins, "--peer", $"{old}");

        run.Exit.ShouldBe(MaintenanceExit.Done, run.End.Text);
        Removals.ShouldBe([$"{Removal}{old}"]);
        Lost.Peer.ShouldNotBe(old);
        run.Lines.ShouldContain($"The node has joined as {Lost.Peer}.");
        run.Lines[^1].ShouldStartWith("3 of 3 nodes answer, and every shard has all its copies: 4 made in ");
        foreach (var collection in (string[])["chunks", "records"])
            Lost.ShardsOf(collection).LocalShards.Count.ShouldBe(collection == "chunks" ? 3 : 1);
        (await RunAsync()).Exit.ShouldBe(MaintenanceExit.Done);
    }

    [Fact]
    public async Task Peer_NodeDoesNotJoin_SaysHowToGoOnAndCopiesCanBeMadeLater()
    {
        await Lost.StopAsync();

        var run = await RunAsync("--peer", $"{Lost.Peer}");
        run.Exit.ShouldBe(MaintenanceExit.Failed);
        run.End.Text.ShouldContain("no node has joined within ten minutes");
        run.End.Text.ShouldContain("maintenance qdrant-rejoin --copies");

        Lost.TryStartEmpty().ShouldBeTrue();
        var shown = await RunAsync();
        shown.Exit.ShouldBe(MaintenanceExit.Found);
        shown.Lines[^1].ShouldBe("To make them: maintenance qdrant-rejoin --copies");
        (await RunAsync("--copies")).Exit.ShouldBe(MaintenanceExit.Done);
        Removals.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Peer_NodeAnswers_IsNotRemoved()
    {
        await RefusesAsync($"{Lost.Peer}", "answers and has its disk");
    }

    [Fact]
    public async Task Peer_NodeThatNoAddressLeadsTo_IsNotRemoved()
    {
        var known = string.Join(',', _cluster.Nodes.Where(node => node != Lost).Select(node => node.Address));

        var run = await RunAsync(known, reacts: null, "--peer", $"{Lost.Peer}");

        run.Exit.ShouldBe(MaintenanceExit.Failed);
        run.End.Text.ShouldContain("may be alive");
        Removals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Peer_NoMajorityIsLeft_IsNotRemoved()
    {
        await Lost.StopAsync();
        await _cluster.Nodes[2].StopAsync();

        await RefusesAsync($"{Lost.Peer}", "1 of 3 nodes answer, and 2 must agree");
    }

    [Theory]
    [InlineData(1, 1, "too few whole copies (0;")]
    [InlineData(2, 2, "too few whole copies (1;")]
    public async Task Peer_AShardWouldLoseChanges_IsNotRemoved(uint copies, uint confirming, string words)
    {
        await CreateAsync("thin", shards: 3, copies, confirming);
        await Lost.StopAsync();

        await RefusesAsync($"{Lost.Peer}", words);
    }

    [Fact]
    public async Task Peer_UnknownId_NamesTheNodes()
    {
        await RefusesAsync("17", $"No node of the cluster has the id 17. Its nodes: {string.Join(", ", _cluster.Nodes.Select(node => node.Peer))}.");
    }

    [Fact]
    public async Task Copies_NodeIsStillLost_SaysWhatToDo()
    {
        await Lost.StopAsync();

        var run = await RunAsync("--copies");

        run.Exit.ShouldBe(MaintenanceExit.Failed);
        run.End.Text.ShouldContain("no node that answers can take one");
    }

    [Theory]
    [InlineData(MaintenanceExit.Usage, "--peer", "1", "--copies")]
    [InlineData(MaintenanceExit.Usage, "--peer", "qdrant-1")]
    public async Task Run_WrongArguments_IsUsage(int exit, params string[] args) => (await RunAsync(args)).Exit.ShouldBe(exit);

    [Fact]
    public async Task Run_NoCluster_SaysSo()
    {
        (await RunAsync("", reacts: null)).End.Text.ShouldBe("The index is not on Qdrant.");
        await using var single = await QdrantStandIn.StartAsync(Cancellation);
        (await RunAsync(single.Address, reacts: null)).End.Text.ShouldStartWith("Qdrant is a single node");
    }

    private List<string> Removals =>
        [.. _cluster.Nodes.SelectMany(node => node.Calls).Select(call => call.Method).Where(method => method.StartsWith(Removal, StringComparison.Ordinal))];

    /// <summary>Starts the node with an empty disk once its old id is removed.</summary>
    private void Joins(string line)
    {
        if (line.Contains("is removed", StringComparison.Ordinal))
            Lost.TryStartEmpty().ShouldBeTrue();
    }

    private async Task RefusesAsync(string peer, string words)
    {
        var run = await RunAsync("--peer", peer);
        run.Exit.ShouldBe(MaintenanceExit.Failed);
        run.End.Text.ShouldContain(words);
        run.End.Text.ShouldEndWith("Nothing was changed.");
        Removals.ShouldBeEmpty();
    }

    private async Task CreateAsync(string name, uint shards, uint copies, uint confirming)
    {
        await using var services = Services(_cluster.Addresses);
        await services.GetRequiredService<QdrantClient>().CreateCollectionAsync(
            name, new VectorParams { Size = 2, Distance = Distance.Cosine }, shardNumber: shards, replicationFactor: copies, writeConsistencyFactor: confirming, cancellationToken: Cancellation);
    }

    private Task<VerbRun> RunAsync(params string[] args) => RunAsync(reacts: null, args);

    private Task<VerbRun> RunAsync(Action<string>? reacts, params string[] args) => RunAsync(_cluster.Addresses, reacts, args);

    private async Task<VerbRun> RunAsync(string nodes, Action<string>? reacts, params string[] args)
    {
        await using var services = Services(nodes);
        var verb = new QdrantRejoinVerb(
            services.GetRequiredService<QdrantMembership>(), services.GetRequiredService<ShardCopies>(), services.GetRequiredService<IOptions<QdrantOptions>>(), _time);
        var command = new VerbCommand(QdrantRejoinVerb.Description);
        var lines = new Lines(reacts);
        try
        {
            return new VerbRun(new VerbUpdate(VerbUpdateKind.End, "", await verb.RunAsync(command.Read(command.Parse(args)), lines, Cancellation)), lines.Said);
        }
        catch (VerbException exception)
        {
            return new VerbRun(new VerbUpdate(VerbUpdateKind.End, exception.Message, exception.Exit), lines.Said);
        }
    }

    /// <summary>Services whose pauses end at once, and whose time limits never do.</summary>
    private ServiceProvider Services(string nodes) => QdrantServices.Open(nodes, _time, ("Storage:Qdrant:ReadTimeout", "00:00:10"));

    private sealed class Lines(Action<string>? reacts) : IProgress<VerbUpdate>
    {
        public List<string> Said { get; } = [];

        public void Report(VerbUpdate value)
        {
            if (value.Kind != VerbUpdateKind.Line)
                return;
            Said.Add(value.Text);
            reacts?.Invoke(value.Text);
        }
    }
}
