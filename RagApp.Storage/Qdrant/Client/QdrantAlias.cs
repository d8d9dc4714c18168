namespace RagApp.Storage.Qdrant.Client;

/// <summary>Another name of a collection.</summary>
internal sealed record QdrantAlias(string AliasName, string CollectionName);

internal sealed record QdrantAliases(IReadOnlyList<QdrantAlias> Aliases);

internal sealed record QdrantAliasChanges(IReadOnlyList<QdrantAliasChange> Actions);

/// <summary>One step of an alias change; all steps of one request take effect together.</summary>
internal sealed record QdrantAliasChange
{
    public QdrantAlias? CreateAlias { get; init; }
    public QdrantAliasName? DeleteAlias { get; init; }
}

internal sealed record QdrantAliasName(string AliasName);
