using System.Net;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.S3;

/// <summary>The S3 server refused a call, or did not answer; the message says what to do.</summary>
public sealed class S3Exception(string message, string code, HttpStatusCode? status, bool isTransient, Exception? inner = null)
    : StoreUnavailableException(message, inner)
{
    /// <summary>
    /// S3's code of the error, such as <c>NoSuchBucket</c>, or one of this program's own: <c>Unreachable</c>, <c>Timeout</c>,
    /// <c>ConditionsIgnored</c>.
    /// </summary>
    public string Code { get; } = code;

    /// <summary>Status code of a refusal; null without an answer.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>True when the same call may succeed later.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>True when the object does not exist.</summary>
    public bool IsNoSuchKey => Status == HttpStatusCode.NotFound && Code is "NoSuchKey" or "NotFound";
}
