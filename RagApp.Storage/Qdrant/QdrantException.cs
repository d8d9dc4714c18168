using Grpc.Core;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Qdrant;

/// <summary>The server refused a request, or no node answered; the message contains the server's own text.</summary>
public sealed class QdrantException(string message, StatusCode code, Exception? inner = null) : StoreUnavailableException(message, inner)
{
    /// <summary>Status code of the failure; <c>Unavailable</c> without a connection and <c>DeadlineExceeded</c> without an answer in time.</summary>
    public StatusCode Code { get; } = code;

    /// <summary>True when the same request may succeed later, or on another node: no answer, too many requests, or a failure of the server.</summary>
    public bool IsTransient => Code is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal or StatusCode.Unknown
        or StatusCode.Cancelled or StatusCode.Aborted or StatusCode.ResourceExhausted or StatusCode.FailedPrecondition;

    public override bool IsRefusal => Code is StatusCode.InvalidArgument or StatusCode.OutOfRange;

    /// <summary>True when the collection or snapshot does not exist.</summary>
    public bool IsNotFound => Code is StatusCode.NotFound;
}
