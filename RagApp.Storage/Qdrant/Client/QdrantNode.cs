using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>One node with its channel, which is kept as long as the process runs.</summary>
internal sealed class QdrantNode : IDisposable
{
    /// <summary>An answer of this size still comes in; pages and lists are far smaller.</summary>
    private const int LargestAnswer = 64 << 20;

    /// <summary>A request over this size is refused before it is sent.</summary>
    private const int LargestRequest = 32 << 20;

    private readonly GrpcChannel _channel;

    public QdrantNode(Uri address, Uri http, string key)
    {
        (Address, Http) = (address, http);
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = NewHandler(),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = LargestAnswer,
            MaxSendMessageSize = LargestRequest,
        });
        Invoker = key.Length == 0
            ? _channel.CreateCallInvoker()
            : _channel.CreateCallInvoker().Intercept(headers =>
            {
                headers.Add("api-key", key);
                return headers;
            });
    }

    /// <summary>Of its gRPC port.</summary>
    public Uri Address { get; }

    /// <summary>Of its REST port.</summary>
    public Uri Http { get; }

    /// <summary>Calls to this node alone.</summary>
    public CallInvoker Invoker { get; }

    /// <summary>For a call that may take so long. gRPC knows the machine's clock only.</summary>
    public static DateTime DeadlineIn(TimeSpan limit) => (TimeProvider.System.GetUtcNow() + limit).UtcDateTime;

    public void Dispose() => _channel.Dispose();

    /// <summary>
    /// A node that is cut off refuses nothing: packets go nowhere. A connection on which a second passes without a byte is
    /// asked for a sign of life, and is given up two seconds later; what waits on it then fails.
    /// </summary>
    private static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false, // the key is for this host
        ConnectTimeout = TimeSpan.FromSeconds(2),
        KeepAlivePingDelay = TimeSpan.FromSeconds(1),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(2),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        EnableMultipleHttp2Connections = true,
    };
}
