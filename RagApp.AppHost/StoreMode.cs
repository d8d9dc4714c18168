namespace RagApp.AppHost;

/// <summary>Where a run keeps its data; configuration key <c>Stores:Mode</c>.</summary>
internal enum StoreMode
{
    /// <summary>Lucene in a folder, and RagApp.Cache in the place of Redis. Needs no container engine. The default.</summary>
    Embedded,

    /// <summary>Redis and Qdrant as containers. Needs a container engine that answers.</summary>
    Containers,

    /// <summary>Stores of your own: a Redis, <c>ConnectionStrings:redis</c>, and a Qdrant, <c>ConnectionStrings:qdrant</c> (gRPC); without that one Lucene in a folder.</summary>
    External,
}
