using Grpc.Core;
using Grpc.Net.Client;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>The stand-in refuses, fails, stalls or is unreachable; the client sees each fault as it would from a real server.</summary>
public sealed class QdrantStandInNetworkTests : IAsyncLifetime
{
    private QdrantStandIn _server = null!;
    private GrpcChannel _channel = null!;
    private Collections.CollectionsClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await QdrantStandIn.StartAsync(Cancellation);
        _channel = GrpcChannel.ForAddress(_server.Address);
        _client = new Collections.CollectionsClient(_channel);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(nameof(QdrantFault.Error), StatusCode.Internal, false)]
    [InlineData(nameof(QdrantFault.ErrorAfterwards), StatusCode.Internal, true)]
    [InlineData(nameof(QdrantFault.Refusal), StatusCode.InvalidArgument, false)]
    [InlineData(nameof(QdrantFault.Timeout), StatusCode.DeadlineExceeded, false)]
    [InlineData(nameof(QdrantFault.Drop), StatusCode.Unavailable, false)]
    public async Task Create_GoesWrongOnce_HasTheStatusAndIsDoneOrNot(string fault, StatusCode status, bool done)
    {
        await ListAsync(); // opens the connection
        _server.FailOnce(Enum.Parse<QdrantFault>(fault), call => call is { Method: "Collections/Create", Collection: "c" });

        (await Should.ThrowAsync<RpcException>(CreateAsync())).StatusCode.ShouldBe(status);

        (await ListAsync()).Collections.Count.ShouldBe(done ? 1 : 0);
        _server.Calls.Select(call => call.Method).ShouldBe(["Collections/List", "Collections/Create", "Collections/List"]);
    }

    [Fact]
    public async Task Keys_ReadOnly_ReadsAndMayNotWrite()
    {
        (_server.Key, _server.ReadOnlyKey) = ("the-key", "the-other");
        await ListAsync("the-other");
        var refusal = await Should.ThrowAsync<RpcException>(CreateAsync("the-other"));
        (refusal.StatusCode, refusal.Status.Detail).ShouldBe((StatusCode.PermissionDenied, "Forbidden: Global manage access is required"));
        (await Should.ThrowAsync<RpcException>(ListAsync("guessed"))).StatusCode.ShouldBe(StatusCode.Unauthenticated);
        (await CreateAsync("the-key")).Result.ShouldBeTrue();
    }

    [Fact]
    public async Task Method_UnknownToTheStandIn_IsUnimplemented() =>
        (await Should.ThrowAsync<RpcException>(_client.ListShardKeysAsync(new() { CollectionName = "c" }, cancellationToken: Cancellation).ResponseAsync))
            .StatusCode.ShouldBe(StatusCode.Unimplemented);

    [Fact]
    public async Task Silence_OnAnOpenConnectionAndOnANewOne_EndsWithTheDeadlineAndThenWhatWasSentArrives()
    {
        await ListAsync();
        _server.FallSilent();

        (await Should.ThrowAsync<RpcException>(CreateAsync(within: TimeSpan.FromMilliseconds(200)))).StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        using (var another = GrpcChannel.ForAddress(_server.Address))
        {
            (await Should.ThrowAsync<RpcException>(new Collections.CollectionsClient(another).ListAsync(new(), deadline: In(TimeSpan.FromMilliseconds(200)), cancellationToken: Cancellation).ResponseAsync))
                .StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        }
        _server.Calls.Count.ShouldBe(1);

        _server.Speak();
        await ListAsync();
    }

    [Fact]
    public async Task Stop_ConnectionsEndAndNewOnesAreRefusedUntilItStartsAgain()
    {
        await ListAsync();
        _server.FailOnce(QdrantFault.Silence, call => call.Method is "Collections/Create");
        var waiting = CreateAsync();
        await TestServices.Eventually.HoldsAsync(() => _server.Calls.Count == 2);

        await _server.StopAsync();

        (await Should.ThrowAsync<RpcException>(waiting)).StatusCode.ShouldBe(StatusCode.Unavailable);
        (await Should.ThrowAsync<RpcException>(ListAsync())).StatusCode.ShouldBe(StatusCode.Unavailable);
        using var http = new HttpClient();
        await Should.ThrowAsync<HttpRequestException>(http.GetAsync(new Uri($"{_server.RestAddress}/readyz"), Cancellation));

        _server.StartAgain();
        await TestServices.Eventually.HoldsAsync(async () =>
        {
            try
            {
                // succeeds once the client has reconnected; the call that was cut off had no effect
                return (await ListAsync()).Collections.Count == 0;
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable)
            {
                return false; // the client pauses before it connects again
            }
        });
        (await http.GetStringAsync(new Uri($"{_server.RestAddress}/readyz"), Cancellation)).ShouldBe("all shards are ready");
    }

    [Fact]
    public async Task StrictMode_Limits_AreRefusedInTheServersWords()
    {
        using var client = new QdrantClient(new QdrantGrpcClient(_channel));
        await client.CreateCollectionAsync("c", new VectorParams { Size = 2, Distance = Distance.Cosine }, strictModeConfig: new StrictModeConfig
        {
            Enabled = true, MaxQueryLimit = 1000, UpsertMaxBatchsize = 2, SearchMaxBatchsize = 1, ConditionMaxSize = 2, FilterMaxConditions = 2,
        }, cancellationToken: Cancellation);

        (await RefusalOf(client.QueryAsync("c", new[] { 1f, 0 }, limit: 5000, cancellationToken: Cancellation))).ShouldStartWith("Bad request: Limit exceeded 5000 > 1000 for \"limit\".");
        (await RefusalOf(client.UpsertAsync("c", [new(), new(), new()], cancellationToken: Cancellation))).ShouldStartWith("Bad request: Limit exceeded 3 > 2 for \"upsert limit\".");
        (await RefusalOf(client.CountAsync("c", Conditions.Match("acl", ["a", "b", "c"]), cancellationToken: Cancellation))).ShouldStartWith("Bad request: Condition size limit reached (3 > 2).");
        (await RefusalOf(client.QueryAsync("c", new[] { 1f, 0, 0 }, cancellationToken: Cancellation))).ShouldBe("Wrong input: Vector dimension error: expected dim: 2, got 3");
    }

    private static async Task<string> RefusalOf(Task call)
    {
        var refusal = await Should.ThrowAsync<RpcException>(call);
        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        return refusal.Status.Detail;
    }

    private Task<ListCollectionsResponse> ListAsync(string? key = null) =>
        _client.ListAsync(new(), HeadersOf(key), cancellationToken: Cancellation).ResponseAsync;

    private Task<CollectionOperationResponse> CreateAsync(string? key = null, TimeSpan? within = null) => _client.CreateAsync(
        new CreateCollection { CollectionName = "c", VectorsConfig = new VectorsConfig { Params = new VectorParams { Size = 2, Distance = Distance.Cosine } } },
        HeadersOf(key), within is null ? null : In(within.Value), Cancellation).ResponseAsync;

    private static DateTime In(TimeSpan time) => TimeProvider.System.GetUtcNow().UtcDateTime + time;

    private static Metadata HeadersOf(string? key) => key is null ? [] : new Metadata { { "api-key", key } };
}
