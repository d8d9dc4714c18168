namespace RagApp.Storage.Blobs;

/// <summary>The remains of interrupted writes in a blob store that can leave some.</summary>
public interface IUnfinishedWrites
{
    /// <summary>Names of the writes that began before <paramref name="before"/> and never ended.</summary>
    IAsyncEnumerable<string> ListAsync(DateTimeOffset before, CancellationToken cancellationToken);

    Task RemoveAsync(string name, CancellationToken cancellationToken);
}
