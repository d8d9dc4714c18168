using RagApp.Models.Pool;

namespace RagApp.Models.Chat;

/// <summary>
/// An answer that is passed through as the provider sends it. Its reader reports the outcome to the lease: the tokens used, or the
/// failure of a read; disposing it without an outcome says that the reader gave up.
/// </summary>
/// <param name="Response">Answer with status 2xx, whose body streams.</param>
public sealed record RawAnswer(HttpResponseMessage Response, DeploymentLease Lease) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        Response.Dispose();
        Lease.Dispose();
        return ValueTask.CompletedTask;
    }
}
