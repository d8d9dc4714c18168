using System.Net;
using System.Net.Sockets;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>
/// A loopback port that neither accepts nor refuses connections, like the port of an unreachable host: the queue of its
/// listener is full.
/// </summary>
internal sealed class FullPort : IDisposable
{
    private readonly List<Socket> _sockets = [];

    public FullPort()
    {
        var listener = Add();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        for (var client = 0; client < 8; client++)
        {
            var socket = Add();
            socket.Blocking = false;
            try
            {
                socket.Connect(IPAddress.Loopback, Port);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // The connection is in the queue, or waits for a place in it.
            }
        }
    }

    public string Address => $"http://127.0.0.1:{Port}";

    private int Port { get; }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private Socket Add()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(socket);
        return socket;
    }
}
