using Google.Protobuf;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>
/// The state that the nodes of a stand-in cluster share: collections and aliases. A write changes one shard after another, so
/// that a concurrent reader may see only some shards changed; writes run one at a time.
/// </summary>
internal sealed class StandInDatabase
{
    private readonly Lock _one = new();
    private readonly SortedDictionary<string, StandInCollection> _collections = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private Task _lastWrite = Task.CompletedTask;

    /// <summary>The ids of the cluster's nodes.</summary>
    public StandInMembers Members { get; } = new();

    /// <summary>Callback awaited between two shards of a write or of a snapshot.</summary>
    public Func<Task> BetweenShards { get; set; } = () => Task.CompletedTask;

    /// <summary>
    /// Callback awaited in each shard of a write while only one replica has applied it; without a callback all replicas apply
    /// it at once.
    /// </summary>
    public Func<Task>? BetweenCopies { get; set; }

    /// <summary>
    /// Callback for each keyword list read from a quorum: true doubles every point in it, as three real nodes sometimes do during
    /// writes.
    /// </summary>
    public Func<bool> DoublesKeywordList { get; set; } = () => false;

    /// <summary>Makes one replica of a point differ from the others until the point is written again.</summary>
    public void Differ(string collection, PointId id, Func<StandInPoint, StandInPoint> other)
    {
        lock (_one)
        {
            var shard = Find(collection).ShardOf(StandInPoint.KeyOf(id));
            shard.Differ(other(shard.Find(StandInPoint.KeyOf(id)) ?? throw new ArgumentException("There is no such point.", nameof(id))));
        }
    }

    /// <summary>Name of the collection behind an alias; any other name is returned unchanged.</summary>
    public string NameOf(string nameOrAlias)
    {
        lock (_one)
            return Resolve(nameOrAlias);
    }

    public T Read<T>(string collection, Func<StandInReads, T> read)
    {
        lock (_one)
            return read(new StandInReads(Find(collection), DoublesKeywordList));
    }

    /// <summary>Reads a property of a collection, which is given by name or alias.</summary>
    public T Of<T>(string collection, Func<StandInCollection, T> what)
    {
        lock (_one)
            return what(Find(collection));
    }

    /// <summary>Applies the changes in order; waits until earlier writes are done.</summary>
    public async Task<IReadOnlyList<UpdateResult>> WriteAsync(string name, bool wait, params IReadOnlyList<Func<StandInCollection, Action<StandInShard, ulong>>> changes)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Interlocked.Exchange(ref _lastWrite, done.Task);
        try
        {
            var results = new List<UpdateResult>();
            foreach (var change in changes)
                results.Add(new UpdateResult { OperationId = await WriteAsync(name, change), Status = wait ? UpdateStatus.Completed : UpdateStatus.Acknowledged });
            return results;
        }
        finally
        {
            done.SetResult();
        }
    }

    public bool Create(CreateCollection settings)
    {
        lock (_one)
        {
            return _collections.TryAdd(settings.CollectionName, new StandInCollection(settings.Clone()))
                ? true
                : throw new QdrantRefusal(Grpc.Core.StatusCode.AlreadyExists, $"Wrong input: Collection `{settings.CollectionName}` already exists!");
        }
    }

    public bool Delete(string name)
    {
        lock (_one)
        {
            foreach (var alias in _aliases.Where(alias => alias.Value == name).ToList())
                _aliases.Remove(alias.Key);
            return _collections.Remove(name);
        }
    }

    public bool Exists(string name)
    {
        lock (_one)
            return _collections.ContainsKey(Resolve(name));
    }

    public IReadOnlyList<string> Names()
    {
        lock (_one)
            return [.. _collections.Keys];
    }

    public IReadOnlyList<AliasDescription> Aliases()
    {
        lock (_one)
            return [.. _aliases.Select(alias => new AliasDescription { AliasName = alias.Key, CollectionName = alias.Value })];
    }

    public bool ChangeAliases(ChangeAliases request)
    {
        lock (_one)
        {
            foreach (var action in request.Actions.Where(action => action.CreateAlias is not null))
                Find(action.CreateAlias.CollectionName); // checks all actions before any is applied
            foreach (var action in request.Actions)
            {
                if (action.DeleteAlias is { } delete)
                    _aliases.Remove(delete.AliasName);
                else if (action.CreateAlias is { } create)
                    _aliases[create.AliasName] = create.CollectionName;
            }
            return true;
        }
    }

    /// <summary>Serialises the collection's settings, indexes and points, shard by shard; a concurrent write may be in some shards only.</summary>
    public async Task<byte[]> SnapshotAsync(string name)
    {
        using var bytes = new MemoryStream();
        var shards = Of(name, collection =>
        {
            collection.Settings.WriteDelimitedTo(bytes);
            new CollectionInfo { PayloadSchema = { collection.Info().PayloadSchema } }.WriteDelimitedTo(bytes);
            return collection.Shards;
        });
        foreach (var (number, shard) in shards.Index())
        {
            if (number > 0)
                await BetweenShards();
            lock (_one)
                new UpsertPoints { Points = { shard.Points.Select(point => point.ToStruct()) } }.WriteDelimitedTo(bytes);
        }
        return bytes.ToArray();
    }

    /// <summary>Creates a collection from a snapshot, or replaces the existing one. Returns true, the result that the server sends.</summary>
    public bool Restore(string name, byte[] snapshot)
    {
        using var bytes = new MemoryStream(snapshot);
        var collection = new StandInCollection(CreateCollection.Parser.ParseDelimitedFrom(bytes));
        foreach (var (field, index) in CollectionInfo.Parser.ParseDelimitedFrom(bytes).PayloadSchema)
            collection.CreateIndex(new CreateFieldIndexCollection { FieldName = field, FieldType = Enum.Parse<FieldType>(index.DataType.ToString()), FieldIndexParams = index.Params });
        var operation = collection.NextOperation();
        while (bytes.Position < bytes.Length)
        {
            foreach (var point in UpsertPoints.Parser.ParseDelimitedFrom(bytes).Points.Select(collection.Parse))
                collection.ShardOf(point.Key).Put(point with { Version = operation });
        }
        lock (_one)
            _collections[Resolve(name)] = collection;
        return true;
    }

    private async Task<ulong> WriteAsync(string name, Func<StandInCollection, Action<StandInShard, ulong>> prepare)
    {
        var (shards, operation, change) = Of(name, collection => (collection.Shards, collection.NextOperation(), prepare(collection)));
        foreach (var (number, shard) in shards.Index())
        {
            if (number > 0)
                await BetweenShards();
            await WriteAsync(shard, () => change(shard, operation));
        }
        return operation;
    }

    private async Task WriteAsync(StandInShard shard, Action change)
    {
        var between = BetweenCopies;
        lock (_one)
        {
            if (between is not null)
                shard.BeginToDiffer();
            change();
        }
        if (between is null)
            return;
        await between();
        lock (_one)
            shard.Agree();
    }

    private StandInCollection Find(string name) => _collections.GetValueOrDefault(Resolve(name)) ?? throw QdrantRefusal.NoCollection(name);

    private string Resolve(string name) => _aliases.GetValueOrDefault(name, name);
}
