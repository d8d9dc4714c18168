using System.Net.Http.Headers;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>One request, from which the message for each attempt is made.</summary>
/// <param name="Path">Path and query, without a leading slash.</param>
internal sealed record QdrantRequest(HttpMethod Method, string Path)
{
    /// <summary>The server closes the connection without an answer at a body over this size.</summary>
    private const int LargestBody = 32 << 20;

    /// <summary>Whether it changes something: it is then repeated until it succeeds, since every write is safe to repeat.</summary>
    public bool IsWrite { get; init; }

    /// <summary>The one node that is meant; null for whichever answers.</summary>
    public Uri? Node { get; init; }

    /// <summary>JSON; null for none.</summary>
    public byte[]? Body { get; init; }

    public HttpRequestMessage ToMessage(Uri address, string key)
    {
        if (Body?.Length > LargestBody)
            throw new QdrantException($"{Method} {Path} has a body of {Body.Length} bytes, and Qdrant takes {LargestBody}: send less at once.", System.Net.HttpStatusCode.RequestEntityTooLarge);
        var message = new HttpRequestMessage(Method, new Uri(address, Path));
        if (key.Length > 0)
            message.Headers.Add("api-key", key);
        if (Body is not null)
            message.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return message;
    }
}
