using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>The gRPC methods that the stand-in implements, each acting on the node that is called; all others are Unimplemented.</summary>
internal sealed class StandInMethods : IServiceMethodProvider<QdrantStandIn>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<QdrantStandIn> context)
    {
        AddService(context);
        AddPoints(context);
    }

    private static void AddService(ServiceMethodProviderContext<QdrantStandIn> context)
    {
        Read(context, "Qdrant/HealthCheck", (QdrantStandIn _, HealthCheckRequest _) => new HealthCheckReply { Title = "qdrant - vector search engine", Version = "1.18.3" });

        Read(context, "Collections/List", (QdrantStandIn node, ListCollectionsRequest _) => new ListCollectionsResponse { Collections = { node.Database.Names().Select(name => new CollectionDescription { Name = name }) } });
        Read(context, "Collections/Get", (QdrantStandIn node, GetCollectionInfoRequest request) => new GetCollectionInfoResponse { Result = node.Database.Of(request.CollectionName, collection => collection.Info()) });
        Read(context, "Collections/CollectionExists", (QdrantStandIn node, CollectionExistsRequest request) => new CollectionExistsResponse { Result = new CollectionExists { Exists = node.Database.Exists(request.CollectionName) } });
        Read(context, "Collections/CollectionClusterInfo", (QdrantStandIn node, CollectionClusterInfoRequest request) => node.ShardsOf(request.CollectionName));
        Read(context, "Collections/ListAliases", (QdrantStandIn node, ListAliasesRequest _) => new ListAliasesResponse { Aliases = { node.IsEmpty ? [] : node.Database.Aliases() } });
        Write(context, "Collections/Create", (QdrantStandIn node, CreateCollection request) => Done(node.Database.Create(request)));
        Write(context, "Collections/Update", (QdrantStandIn node, UpdateCollection request) => Done(node.Database.Of(request.CollectionName, collection => collection.Update(request))));
        Write(context, "Collections/Delete", (QdrantStandIn node, DeleteCollection request) => Done(node.Database.Delete(request.CollectionName)));
        Write(context, "Collections/UpdateCollectionClusterSetup", (QdrantStandIn node, UpdateCollectionClusterSetupRequest request) => Task.FromResult(new UpdateCollectionClusterSetupResponse { Result = node.Replicate(request.CollectionName, request.ReplicateShard) }));
        Write(context, "Collections/UpdateAliases", (QdrantStandIn node, ChangeAliases request) => Done(node.Database.ChangeAliases(request)));

        Read(context, "Snapshots/List", (QdrantStandIn node, ListSnapshotsRequest request) => node.Snapshots.List(node.Database.NameOf(request.CollectionName)));
        Write(context, "Snapshots/Create", (QdrantStandIn node, CreateSnapshotRequest request) => node.SnapshotAsync(request.CollectionName));
        Write(context, "Snapshots/Delete", (QdrantStandIn node, DeleteSnapshotRequest request) => Task.FromResult(node.Snapshots.Delete(node.Database.NameOf(request.CollectionName), request.SnapshotName)));
    }

    private static void AddPoints(ServiceMethodProviderContext<QdrantStandIn> context)
    {
        Read(context, "Points/Get", (QdrantStandIn node, GetPoints request) => node.Database.Read(request.CollectionName, points => points.Get(request)));
        Read(context, "Points/Scroll", (QdrantStandIn node, ScrollPoints request) => node.Database.Read(request.CollectionName, points => points.Scroll(request)));
        Read(context, "Points/Count", (QdrantStandIn node, CountPoints request) => node.Database.Read(request.CollectionName, points => points.Count(request)));
        Read(context, "Points/Query", (QdrantStandIn node, QueryPoints request) => node.Database.Read(request.CollectionName, points => points.Query(request)));
        Read(context, "Points/QueryBatch", (QdrantStandIn node, QueryBatchPoints request) => node.Database.Read(request.CollectionName, points => points.QueryBatch(request)));
        Read(context, "Points/Facet", (QdrantStandIn node, FacetCounts request) => node.Database.Read(request.CollectionName, points => points.Facet(request)));

        Write(context, "Points/CreateFieldIndex", (QdrantStandIn node, CreateFieldIndexCollection request) => Updated(node.Database.Of(request.CollectionName, collection => collection.CreateIndex(request))));
        Write(context, "Points/Upsert", async (QdrantStandIn node, UpsertPoints request) =>
            Updated(await node.Database.WriteAsync(request.CollectionName, request.Wait, collection => StandInWrites.Upsert(collection, request.Points))));
        Write(context, "Points/SetPayload", async (QdrantStandIn node, SetPayloadPoints request) =>
            Updated(await node.Database.WriteAsync(request.CollectionName, request.Wait, collection => StandInWrites.SetPayload(collection, request.Payload, request.PointsSelector))));
        Write(context, "Points/Delete", async (QdrantStandIn node, DeletePoints request) =>
            Updated(await node.Database.WriteAsync(request.CollectionName, request.Wait, collection => StandInWrites.Delete(collection, request.Points))));
        Write(context, "Points/UpdateBatch", async (QdrantStandIn node, UpdateBatchPoints request) => new UpdateBatchResponse
        {
            Result =
            {
                await node.Database.WriteAsync(request.CollectionName, request.Wait,
                    [.. request.Operations.Select(operation => (Func<StandInCollection, Action<StandInShard, ulong>>)(collection => StandInWrites.OfBatch(collection, operation)))]),
            },
        });
    }

    private static Task<CollectionOperationResponse> Done(bool result) => Task.FromResult(new CollectionOperationResponse { Result = result });

    private static PointsOperationResponse Updated(IReadOnlyList<UpdateResult> results) => new() { Result = results[0] };

    private static Task<PointsOperationResponse> Updated(ulong operation) =>
        Task.FromResult(Updated([new UpdateResult { OperationId = operation, Status = UpdateStatus.Completed }]));

    private static void Read<TRequest, TResponse>(ServiceMethodProviderContext<QdrantStandIn> context, string name, Func<QdrantStandIn, TRequest, TResponse> answer)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Add<TRequest, TResponse>(context, name, writes: false, (node, request) => Task.FromResult(answer(node, request)));

    private static void Write<TRequest, TResponse>(ServiceMethodProviderContext<QdrantStandIn> context, string name, Func<QdrantStandIn, TRequest, Task<TResponse>> answer)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Add(context, name, writes: true, answer);

    private static void Add<TRequest, TResponse>(
        ServiceMethodProviderContext<QdrantStandIn> context, string name, bool writes, Func<QdrantStandIn, TRequest, Task<TResponse>> answer)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var path = name.Split('/');
        var method = new Method<TRequest, TResponse>(MethodType.Unary, $"qdrant.{path[0]}", path[1], MarshallerOf<TRequest>(), MarshallerOf<TResponse>());
        context.AddUnaryMethod(method, [], async (node, request, call) =>
        {
            try
            {
                return await node.AnswerAsync(new QdrantCall(name, request), writes, call.GetHttpContext(), () => answer(node, request));
            }
            catch (QdrantRefusal refusal)
            {
                throw new RpcException(new Status(refusal.Code, refusal.Message));
            }
        });
    }

    private static Marshaller<T> MarshallerOf<T>()
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return Marshallers.Create(message => message.ToByteArray(), parser.ParseFrom);
    }
}
