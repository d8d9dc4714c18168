using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>
/// An in-memory stand-in for one Qdrant node, on loopback. It speaks gRPC, and REST for functions that gRPC lacks; it answers
/// as a recorded 1.18 server did, compares all vectors exactly, and produces the faults that a test asks for. Several of them
/// over one database are a <see cref="QdrantCluster"/>.
/// </summary>
internal sealed class QdrantStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly QdrantPorts _ports;

    private QdrantStandIn(StandInDatabase database, int number, IReadOnlyList<QdrantStandIn> cluster)
    {
        Database = database;
        Nodes = cluster;
        Place = new StandInPlace(database.Members, 340_397_453_297_949 + (ulong)number);
        Snapshots = new StandInSnapshots(Peer);
        _app = Build();
        _ports = new QdrantPorts();
    }

    public StandInDatabase Database { get; }

    public StandInSnapshots Snapshots { get; }

    /// <summary>All nodes of the cluster, including this one.</summary>
    public IReadOnlyList<QdrantStandIn> Nodes { get; }

    /// <summary>The node's place in the cluster: its id and the copies that it lacks or has besides.</summary>
    public StandInPlace Place { get; }

    public ulong Peer => Place.Peer;

    /// <summary>API key with all permissions; null for none.</summary>
    public string? Key { get; set; }

    /// <summary>API key that may only read; null for none.</summary>
    public string? ReadOnlyKey { get; set; }

    /// <summary>Callback that chooses the fault of each call.</summary>
    public Func<QdrantCall, QdrantFault> Fault { get; set; } = _ => QdrantFault.None;

    /// <summary>True when the node was started with an empty disk and knows neither the other nodes nor their aliases yet.</summary>
    public bool IsEmpty { get; set; }

    /// <summary>Callback for each request for a collection's shards; returns false while the node does not know them yet.</summary>
    public Func<bool> KnowsShards { get; set; } = () => true;

    /// <summary>Address for gRPC.</summary>
    public string Address => $"http://127.0.0.1:{_ports.Grpc}";

    /// <summary>Address for REST; its port is one below the gRPC port, as by default on a real server.</summary>
    public string RestAddress => $"http://127.0.0.1:{_ports.Rest}";

    /// <summary>All received calls, in their order.</summary>
    public ConcurrentQueue<QdrantCall> Calls { get; } = [];

    /// <summary>True unless the node is silent or stopped.</summary>
    public bool IsUp { get; private set; } = true;

    public static Task<QdrantStandIn> StartAsync(CancellationToken cancellationToken) => StartAsync(new StandInDatabase(), [], cancellationToken);

    /// <param name="cluster">Nodes over the same database; the new node is added to them.</param>
    public static async Task<QdrantStandIn> StartAsync(StandInDatabase database, List<QdrantStandIn> cluster, CancellationToken cancellationToken)
    {
        var node = new QdrantStandIn(database, cluster.Count, cluster);
        cluster.Add(node);
        await node._app.StartAsync(cancellationToken);
        var behind = node._app.Urls.Select(url => new IPEndPoint(IPAddress.Loopback, new Uri(url).Port)).ToList();
        node._ports.Open(behind[0], behind[1]);
        return node;
    }

    /// <summary>Applies the fault only to the first call that <paramref name="which"/> selects.</summary>
    public void FailOnce(QdrantFault fault, Func<QdrantCall, bool> which)
    {
        var left = 1;
        Fault = call => which(call) && Interlocked.Exchange(ref left, 0) == 1 ? fault : QdrantFault.None;
    }

    /// <summary>Simulates a black hole: the node accepts connections, but nothing passes in either direction, on open connections as well.</summary>
    public void FallSilent()
    {
        IsUp = false;
        _ports.Silence();
    }

    /// <summary>Ends every connection and refuses new ones.</summary>
    public Task StopAsync()
    {
        IsUp = false;
        return _ports.CloseAsync();
    }

    /// <summary>
    /// Starts the node again, after <see cref="StopAsync"/>, at the same addresses and with an empty disk; false when the cluster still
    /// has the node's old id, with which a real node ends.
    /// </summary>
    public bool TryStartEmpty()
    {
        if (!Place.TryJoinAnew())
            return false;
        StartAgain();
        return true;
    }

    /// <summary>Starts the node again, after <see cref="StopAsync"/>, at the same addresses and with its data.</summary>
    public void StartAgain()
    {
        _ports.Reopen();
        IsUp = true;
    }

    /// <summary>Ends a silence: the data that was held back passes.</summary>
    public void Speak()
    {
        IsUp = true;
        _ports.Speak();
    }

    public async ValueTask DisposeAsync()
    {
        await _ports.CloseAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Answers a call: checks the key, then produces the fault that the test set or gives the answer.</summary>
    public async Task<T> AnswerAsync<T>(QdrantCall call, bool writes, HttpContext context, Func<Task<T>> answer)
    {
        Calls.Enqueue(call);
        CheckKey(call, writes, context.Request);
        var fault = Fault(call);
        switch (fault)
        {
            case QdrantFault.Drop:
                context.Features.Get<IConnectionLifetimeFeature>()!.Abort();
                throw new OperationCanceledException();
            case QdrantFault.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                break;
            case QdrantFault.Timeout:
                throw new QdrantRefusal(StatusCode.DeadlineExceeded, "Timeout: 2 out of 3 shards failed to apply operation. First error captured: Timeout error: Deadline Exceeded");
            case QdrantFault.Refusal:
                throw QdrantRefusal.WrongInput("something is wrong with it");
            case QdrantFault.Absent:
                throw QdrantRefusal.NoCollection(call.Collection);
            case QdrantFault.Error:
                throw Broken();
            default:
                break;
        }
        RequireMajority(call, writes);
        var result = await answer();
        return fault is QdrantFault.ErrorAfterwards ? throw Broken() : result;
    }

    public async Task<CreateSnapshotResponse> SnapshotAsync(string collection) =>
        Snapshots.Add(Database.NameOf(collection), await Database.SnapshotAsync(collection));

    /// <summary>Lists which node has which replica of which shard. The replicas of a shard are on consecutive nodes.</summary>
    public CollectionClusterInfoResponse ShardsOf(string collection) => Database.Of(collection, found =>
    {
        if (!KnowsShards())
            return new CollectionClusterInfoResponse { PeerId = Peer };
        var copies = found.Shards.Index().SelectMany(shard => Nodes.Index()
            .Select(node => (Node: node.Item, State: node.Item.Place.StateOf(collection, (uint)shard.Index, (node.Index - shard.Index + Nodes.Count) % Nodes.Count < found.Copies)))
            .Where(copy => copy.State is not null && Database.Members.Contains(copy.Node.Peer))
            .Select(copy => (Id: (uint)shard.Index, Points: (ulong)shard.Item.Count, copy.Node.Peer, State: copy.State!.Value))).ToList();
        return new CollectionClusterInfoResponse
        {
            PeerId = Peer,
            ShardCount = (ulong)found.Shards.Count,
            LocalShards = { copies.Where(copy => copy.Peer == Peer).Select(copy => new LocalShardInfo { ShardId = copy.Id, PointsCount = copy.Points, State = copy.State }) },
            RemoteShards = { copies.Where(copy => copy.Peer != Peer).Select(copy => new RemoteShardInfo { ShardId = copy.Id, PeerId = copy.Peer, State = copy.State }) },
        };
    });

    /// <summary>Begins to copy a shard to another node.</summary>
    public bool Replicate(string collection, ReplicateShard copy)
    {
        var target = Nodes.FirstOrDefault(node => node.Peer == copy.ToPeerId && Database.Members.Contains(node.Peer))
            ?? throw QdrantRefusal.BadRequest(string.Create(CultureInfo.InvariantCulture, $"Peer {copy.ToPeerId} does not exist"));
        target.Place.BeginCopy(collection, copy.ShardId);
        return true;
    }

    /// <summary>Removes a node from the cluster, with its copies; its data stay with the others.</summary>
    public JsonNode RemovePeer(string peer, bool force)
    {
        var id = ulong.Parse(peer, CultureInfo.InvariantCulture);
        if (!force)
            throw QdrantRefusal.BadRequest("Cannot remove peer as there are shards on it");
        return Database.Members.Remove(id) ? JsonValue.Create(true) : throw QdrantRefusal.NotFound($"Peer {peer}");
    }

    public JsonObject Cluster()
    {
        if (Nodes.Count == 1)
            return new JsonObject { ["status"] = "disabled" };
        var members = IsEmpty ? [this] : Nodes.Where(node => Database.Members.Contains(node.Peer)).ToList();
        var leader = Nodes.First(node => node.IsUp).Peer;
        return new JsonObject
        {
            ["status"] = "enabled",
            ["peer_id"] = Peer,
            ["peers"] = ByKey(members, node => node.Peer.ToString(CultureInfo.InvariantCulture), node => new JsonObject { ["uri"] = node.RestAddress }),
            ["raft_info"] = new JsonObject { ["term"] = 1, ["commit"] = 9, ["pending_operations"] = 0, ["leader"] = leader, ["role"] = leader == Peer ? "Leader" : "Follower", ["is_voter"] = true },
            ["message_send_failures"] = ByKey(members.Where(node => leader == Peer && !node.IsUp), node => $"{node.RestAddress}/", _ => new JsonObject { ["count"] = 21, ["latest_error"] = "tcp connect error" }),
        };
    }

    public JsonNode Restore(string collection, byte[] snapshot, string? checksum) =>
        JsonValue.Create(Database.Restore(collection, StandInSnapshots.Checked(snapshot, checksum)));

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder.Services.AddSingleton(this).AddSingleton<IServiceMethodProvider<QdrantStandIn>, StandInMethods>();
        var app = builder.Build();
        // The caller alone watches its deadline, as with the real server: otherwise either of the two ends the call first.
        app.Use((context, next) =>
        {
            context.Request.Headers.Remove("grpc-timeout");
            return next(context);
        });
        app.MapGrpcService<QdrantStandIn>();
        app.MapFallback("{**path}", context => StandInRest.AnswerAsync(this, context));
        return app;
    }

    private static JsonObject ByKey(IEnumerable<QdrantStandIn> nodes, Func<QdrantStandIn, string> key, Func<QdrantStandIn, JsonObject> value) =>
        new(nodes.Select(node => KeyValuePair.Create(key(node), (JsonNode?)value(node))));

    private static QdrantRefusal Broken() => QdrantRefusal.Internal(
        "2 out of 3 shards failed to apply operation. First error captured: Service internal error: Tonic status error: code: 'The service is currently unavailable'");

    private void CheckKey(QdrantCall call, bool writes, HttpRequest request)
    {
        if (Key is null || call.Method is "Qdrant/HealthCheck" or "GET /" or "GET /healthz" or "GET /livez" or "GET /readyz")
            return;
        var key = request.Headers["api-key"].ToString() is { Length: > 0 } given ? given : request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (key.Length == 0)
            throw new QdrantRefusal(StatusCode.Unauthenticated, "Must provide an API key or an Authorization bearer token");
        if (key != Key && key != ReadOnlyKey)
            throw new QdrantRefusal(StatusCode.Unauthenticated, "Invalid API key or JWT");
        if (writes && key != Key)
            throw new QdrantRefusal(StatusCode.PermissionDenied, "Forbidden: Global manage access is required");
    }

    /// <summary>Refuses reads and writes of points, which need a quorum, unless more than half of the nodes are up.</summary>
    private void RequireMajority(QdrantCall call, bool writes)
    {
        if (!call.Method.StartsWith("Points/", StringComparison.Ordinal) || Nodes.Count(node => node.IsUp) * 2 > Nodes.Count)
            return;
        throw writes ? Broken() : QdrantRefusal.Internal(string.Create(
            CultureInfo.InvariantCulture, $"{Nodes.Count - 1} of {Nodes.Count - 1} read operations failed:\n  Service internal error: Tonic status error: code: 'The service is currently unavailable'"));
    }
}
