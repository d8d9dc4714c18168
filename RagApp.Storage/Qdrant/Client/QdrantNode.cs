using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>One node with its gRPC channel, which is kept as long as the process runs.</summary>
internal sealed class QdrantNode : IDisposable
{
    /// <summary>Largest answer in bytes; pages and lists are far smaller.</summary>
    private const int LargestAnswer = 64 << 20;

    /// <summary>Largest request in bytes; a larger one is refused before it is sent.</summary>
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

    /// <summary>Address of the gRPC port.</summary>
    public Uri Address { get; }

    /// <summary>Address of the REST port.</summary>
    public Uri Http { get; }

    /// <summary>Sends calls to this node only.</summary>
    public CallInvoker Invoker { get; }

    /// <summary>Deadline of a call with this time limit; gRPC measures deadlines by the machine's clock.</summary>
    public static DateTime DeadlineIn(TimeSpan limit) => (TimeProvider.System.GetUtcNow() + limit).UtcDateTime;

    public void Dispose() => _channel.Dispose();

    /// <summary>
    /// An unreachable node does not refuse packets, it loses them. After one second without a byte the connection is pinged, and
    /// two seconds later it is closed, so that its calls fail.
    /// </summary>
    private static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false, // the key must not go to another host
        ConnectTimeout = TimeSpan.FromSeconds(2),
        KeepAlivePingDelay = TimeSpan.FromSeconds(1),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(2),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        EnableMultipleHttp2Connections = true,
    };
}
