using Grpc.Core;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Qdrant;

/// <summary>The server refused a request, or no node answered; the message has the server's own words.</summary>
public sealed class QdrantException(string message, StatusCode code, Exception? inner = null) : StoreUnavailableException(message, inner)
{
    /// <summary><c>Unavailable</c> or <c>DeadlineExceeded</c> also when there was no answer: no connection, or none in time.</summary>
    public StatusCode Code { get; } = code;

    /// <summary>Whether the same request may succeed later, or on another node: no answer, none in time, too many at once, or the server's own failure.</summary>
    public bool IsTransient => Code is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal or StatusCode.Unknown
        or StatusCode.Cancelled or StatusCode.Aborted or StatusCode.ResourceExhausted or StatusCode.FailedPrecondition;

    public override bool IsRefusal => Code is StatusCode.InvalidArgument or StatusCode.OutOfRange;

    /// <summary>Whether there is no such collection (or snapshot).</summary>
    public bool IsNotFound => Code is StatusCode.NotFound;
}
