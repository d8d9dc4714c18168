namespace RagApp.Storage.Blobs;

/// <summary>A blob that is open for reading.</summary>
/// <param name="Content">The bytes; disposing the stream closes the blob.</param>
/// <param name="ETag">Entity tag, which changes with the content.</param>
public sealed record Blob(Stream Content, string ETag) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
