using System.Net;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>The server refused a request, or no node answered; the message has the server's own words.</summary>
public sealed class QdrantException(string message, HttpStatusCode? status, Exception? inner = null) : StoreUnavailableException(message, inner)
{
    /// <summary>Null when there was no answer: no connection, or none in time.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Whether the same request may succeed later, or on another node: no answer, 408, 429, or the server's own failure (5xx).</summary>
    public bool IsTransient => Status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    public override bool IsRefusal => Status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;

    /// <summary>Whether there is no such collection (or snapshot).</summary>
    public bool IsNotFound => Status is HttpStatusCode.NotFound;
}
