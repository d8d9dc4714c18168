#pragma warning disable CS0612 // on_disk is obsolete in the client's newest version, and all that a 1.18 server knows
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>An in-memory collection: settings, payload indexes and shards.</summary>
internal sealed class StandInCollection
{
    private readonly CreateCollection _settings;
    private readonly SortedDictionary<string, PayloadSchemaInfo> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong> _dimensions;
    private CollectionParamsDiff? _reading;
    private ulong _operations;

    public StandInCollection(CreateCollection settings)
    {
        _settings = settings;
        _dimensions = settings.VectorsConfig?.ConfigCase switch
        {
            VectorsConfig.ConfigOneofCase.Params => new() { [""] = settings.VectorsConfig.Params.Size },
            VectorsConfig.ConfigOneofCase.ParamsMap => settings.VectorsConfig.ParamsMap.Map.ToDictionary(vector => vector.Key, vector => vector.Value.Size, StringComparer.Ordinal),
            _ => [],
        };
        if (_dimensions.Any(vector => vector.Value == 0))
            throw QdrantRefusal.Invalid("vectors_config.config.size: value 0 invalid, must be from 1 to 65536");
        Shards = [.. Enumerable.Range(0, settings.HasShardNumber ? (int)settings.ShardNumber : 1).Select(_ => new StandInShard())];
    }

    public CreateCollection Settings => _settings;

    public IReadOnlyList<StandInShard> Shards { get; }

    public int Copies => _settings.HasReplicationFactor ? (int)_settings.ReplicationFactor : 1;

    public StandInStrictMode Strict => new(_settings.StrictModeConfig, _indexes);

    /// <summary>The given settings, with the server's defaults for those that callers read. Memory placement is missing, as in 1.18.</summary>
    public CollectionInfo Info() => new()
    {
        Status = CollectionStatus.Green,
        OptimizerStatus = new OptimizerStatus { Ok = true },
        SegmentsCount = (ulong)Shards.Count * 2,
        PointsCount = (ulong)Shards.Sum(shard => shard.Count),
        Config = new CollectionConfig
        {
            Params = Params(),
            HnswConfig = Merged(new HnswConfigDiff { M = 16, EfConstruct = 100, FullScanThreshold = 10_000, MaxIndexingThreads = 0, OnDisk = false }, _settings.HnswConfig),
            QuantizationConfig = _settings.QuantizationConfig,
            StrictModeConfig = _settings.StrictModeConfig,
            Metadata = { _settings.Metadata },
        },
        PayloadSchema = { _indexes },
    };

    /// <summary>Applies the changes of settings that the product makes, or that a test makes behind its back.</summary>
    public bool Update(UpdateCollection change)
    {
        _settings.HnswConfig = Merged(_settings.HnswConfig ?? new(), change.HnswConfig);
        _settings.StrictModeConfig = Merged(_settings.StrictModeConfig ?? new(), change.StrictModeConfig);
        if (change.Params is { HasReplicationFactor: true })
            _settings.ReplicationFactor = change.Params.ReplicationFactor;
        if (change.Params is { HasWriteConsistencyFactor: true })
            _settings.WriteConsistencyFactor = change.Params.WriteConsistencyFactor;
        _reading = change.Params ?? _reading;
        return true;
    }

    public ulong CreateIndex(CreateFieldIndexCollection request)
    {
        _indexes[request.FieldName] = new PayloadSchemaInfo
        {
            DataType = Enum.Parse<PayloadSchemaType>(request.FieldType.ToString()),
            Params = request.FieldIndexParams,
            Points = (ulong)Shards.Sum(shard => shard.Count),
        };
        return NextOperation();
    }

    public bool HasKeywordIndex(string field) => _indexes.TryGetValue(field, out var index) && index.DataType is PayloadSchemaType.Keyword;

    /// <summary>Number of the next operation; a point's version is the number of the operation that wrote it.</summary>
    public ulong NextOperation() => ++_operations;

    public StandInShard ShardOf(string key) =>
        Shards[(int)(BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % (uint)Shards.Count)];

    public StandInPoint Parse(PointStruct point)
    {
        var vectors = point.Vectors?.VectorsOptionsCase switch
        {
            Vectors.VectorsOptionsOneofCase.Vector => new() { [""] = point.Vectors.Vector },
            Vectors.VectorsOptionsOneofCase.Vectors_ => point.Vectors.Vectors_.Vectors,
            _ => new MapField<string, Vector>(),
        };
        var parsed = new Dictionary<string, QueryVector>(StringComparer.Ordinal);
        foreach (var (name, vector) in vectors)
        {
            parsed[name] = QueryVector.Of(vector);
            Check(name, parsed[name], $" for vector '{name}'");
        }
        return new StandInPoint(point.Id, parsed, point.Payload, Version: 0);
    }

    /// <summary>Refuses a vector whose name the collection does not have, or whose dimension is wrong.</summary>
    public void Check(string name, QueryVector vector, string place = "")
    {
        if (vector.Dense is null ? !SparseVectors.ContainsKey(name) : !_dimensions.ContainsKey(name))
            throw QdrantRefusal.WrongInput($"Not existing vector name error: {name}");
        if (vector.Dense is { } dense && (ulong)dense.Length != _dimensions[name])
            throw QdrantRefusal.WrongInput(string.Create(CultureInfo.InvariantCulture, $"Vector dimension error: expected dim: {_dimensions[name]}, got {dense.Length}{place}"));
    }

    private MapField<string, SparseVectorParams> SparseVectors => _settings.SparseVectorsConfig?.Map ?? [];

    private CollectionParams Params()
    {
        var settings = new CollectionParams
        {
            ShardNumber = (uint)Shards.Count,
            ReplicationFactor = (uint)Copies,
            WriteConsistencyFactor = _settings.HasWriteConsistencyFactor ? _settings.WriteConsistencyFactor : 1,
            OnDiskPayload = !_settings.HasOnDiskPayload || _settings.OnDiskPayload,
            VectorsConfig = _settings.VectorsConfig?.Clone(),
            SparseVectorsConfig = _settings.SparseVectorsConfig,
        };
        if (_reading is { HasReadFanOutFactor: true })
            (settings.ReadFanOutFactor, settings.ReadFanOutDelayMs) = (_reading.ReadFanOutFactor, _reading.ReadFanOutDelayMs);
        foreach (var vector in settings.VectorsConfig?.ParamsMap?.Map.Values ?? [])
            vector.ClearMemory();
        return settings;
    }

    private static T Merged<T>(T settings, T? over)
        where T : class, Google.Protobuf.IMessage<T>
    {
        if (over is not null)
            settings.MergeFrom(over);
        return settings;
    }
}
