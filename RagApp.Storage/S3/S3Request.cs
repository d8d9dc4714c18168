using System.Text;

namespace RagApp.Storage.S3;

/// <summary>One call, which can be sent as often as needed.</summary>
/// <param name="Key">Name in the bucket; empty for the bucket itself.</param>
internal sealed record S3Request(HttpMethod Method, string Key)
{
    /// <summary>By name in ordinal order, as the signature wants it.</summary>
    public SortedDictionary<string, string> Query { get; init; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether the answer's body is read by the caller as it comes; else it is part of the attempt, and of its timeout.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>How often it is sent at most while the server is overloaded or gone.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Everything but letters, digits and <c>-_.~</c> as percent and two hex digits.</summary>
    public string QueryString => string.Join('&', Query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    /// <summary>Keys hold nothing that needs escaping.</summary>
    public HttpRequestMessage ToMessage(Uri bucket)
    {
        var address = new StringBuilder(bucket.AbsoluteUri).Append(Key);
        if (Query.Count > 0)
            address.Append('?').Append(QueryString);
        var message = new HttpRequestMessage(Method, new Uri(address.ToString()));
        foreach (var (name, value) in Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (Method == HttpMethod.Put || Method == HttpMethod.Post)
            message.Content = new ReadOnlyMemoryContent(Body);
        return message;
    }
}
