namespace RagApp.Storage.Blobs;

/// <summary>An open blob.</summary>
/// <param name="Content">Its bytes; disposing it closes the blob.</param>
/// <param name="ETag">Changes whenever the content does.</param>
public sealed record Blob(Stream Content, string ETag) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
