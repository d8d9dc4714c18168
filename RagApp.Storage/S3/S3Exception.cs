using System.Net;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.S3;

/// <summary>The server refused a call, or did not answer; the message names the way out.</summary>
public sealed class S3Exception(string message, string code, HttpStatusCode? status, bool isTransient, Exception? inner = null)
    : StoreUnavailableException(message, inner)
{
    /// <summary>What S3 calls the error, such as <c>NoSuchBucket</c>; our own word when there was no answer.</summary>
    public string Code { get; } = code;

    /// <summary>Null when there was no answer.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>Whether all that is wrong is that there is no such object.</summary>
    public bool IsNoSuchKey => Status == HttpStatusCode.NotFound && Code is "NoSuchKey" or "NotFound";

    /// <summary>Whether an attempt before ended without a clear answer: it may have been carried out.</summary>
    internal bool AfterUnclearAttempt { get; set; }
}
