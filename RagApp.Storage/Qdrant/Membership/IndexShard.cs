namespace RagApp.Storage.Qdrant.Membership;

/// <summary>A shard of a collection with the nodes that have a copy of it; copies on lost nodes do not count.</summary>
/// <param name="Collection">Name of the collection.</param>
/// <param name="Number">Number of the shard in it.</param>
public sealed record IndexShard(string Collection, uint Number)
{
    /// <summary>Number of copies that the collection's settings ask for, at most one per node.</summary>
    public required int Wanted { get; init; }

    /// <summary>Number of copies that confirm a write, so that fewer of them may lack what was acknowledged.</summary>
    public required int Confirming { get; init; }

    /// <summary>Nodes with a whole copy, by id.</summary>
    public required IReadOnlyList<ulong> Whole { get; init; }

    /// <summary>Nodes with a copy that is being made or is out of order, by id.</summary>
    public required IReadOnlyList<ulong> Unready { get; init; }

    /// <summary>Number of copies that must still be begun.</summary>
    public int Missing => Math.Max(0, Wanted - Whole.Count - Unready.Count);

    /// <summary>True when all copies are there and none is being made.</summary>
    public bool IsComplete => Whole.Count >= Wanted;
}
