namespace RagApp.Storage.Blobs;

/// <summary>What a write that a crash cut off leaves in a blob store, where it can leave anything.</summary>
public interface IUnfinishedWrites
{
    /// <summary>Names of writes that began before <paramref name="before"/> and never ended.</summary>
    IAsyncEnumerable<string> ListAsync(DateTimeOffset before, CancellationToken cancellationToken);

    Task RemoveAsync(string name, CancellationToken cancellationToken);
}
